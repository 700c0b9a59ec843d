namespace HumanTasks.Web.Wire;

internal sealed record HasETag;
