using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A period of due dates or creation, counted from now, so that an address with it stays useful.</summary>
/// <param name="Name">The name in the address.</param>
/// <param name="Text">The name of its text.</param>
/// <param name="Narrow">Returns the query of the tasks in the period.</param>
public sealed record TimeFilter(string Name, string Text, Func<TaskQuery, DateTimeOffset, TaskQuery> Narrow)
{
    private const int Week = 7;
    private const int Month = 30;

    public static IReadOnlyList<TimeFilter> Due { get; } =
    [
        new("overdue", "StatusOverdue", (query, now) => query with { DueBefore = now }),
        new("day", "DueDay", (query, now) => query with { DueFrom = now, DueBefore = now.AddDays(1) }),
        new("week", "DueWeek", (query, now) => query with { DueFrom = now, DueBefore = now.AddDays(Week) }),
        new("none", "DueNone", (query, _) => query with { IsDue = false }),
    ];

    public static IReadOnlyList<TimeFilter> Created { get; } =
    [
        new("day", "CreatedDay", (query, now) => query with { CreatedFrom = now.AddDays(-1) }),
        new("week", "CreatedWeek", (query, now) => query with { CreatedFrom = now.AddDays(-Week) }),
        new("month", "CreatedMonth", (query, now) => query with { CreatedFrom = now.AddDays(-Month) }),
        new("older", "CreatedOlder", (query, now) => query with { CreatedBefore = now.AddDays(-Month) }),
    ];

    public static TimeFilter? Find(IReadOnlyList<TimeFilter> among, string? name) => among.FirstOrDefault(one => one.Name == name);

    public static TaskQuery Apply(TaskQuery query, IReadOnlyList<TimeFilter> among, string? name, DateTimeOffset now) =>
        Find(among, name)?.Narrow(query, now) ?? query;
}
