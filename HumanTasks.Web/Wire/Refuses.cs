namespace HumanTasks.Web.Wire;

internal sealed record Refuses(IReadOnlyList<string> Slugs);
