namespace HumanTasks.Core.Links;

/// <param name="From">The start of the counted day.</param>
/// <param name="Count">The wrong codes of this day.</param>
internal sealed record DayCount(DateTimeOffset From, int Count);
