namespace HumanTasks.Web.Wire;

internal sealed record OperationName(string Id);
