namespace HumanTasks.Web.Wire;

internal sealed record OtherBodies(IReadOnlyList<string> MediaTypes);
