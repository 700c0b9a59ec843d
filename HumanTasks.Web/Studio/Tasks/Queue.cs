using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>A page of the list of tasks, with everything that is shown of it.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Items">The tasks as a list shows them to the reader.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
/// <param name="Now">The time at which it was read.</param>
public sealed record Queue(TaskFilter Filter, IReadOnlyList<HumanTask> Items, string? Next, DateTimeOffset Now)
{
    /// <summary>The number up to which tasks are counted exactly.</summary>
    public const int Most = 1_000;

    /// <summary>The numbers of tasks by status, in the scope of the filter.</summary>
    public required TaskCounts Counts { get; init; }

    /// <summary>The number of tasks that wait for the reader, with the filter's status.</summary>
    public required int Mine { get; init; }

    /// <summary>The number of everybody's tasks, with the filter's status.</summary>
    public required int All { get; init; }

    /// <summary>The columns that can be chosen, also those that are.</summary>
    public IReadOnlyList<QueueColumn> Columns { get; init; } = [];

    /// <summary>The values of the chosen columns by the ID of the task.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<QueueCell>> Cells { get; init; } = new Dictionary<string, IReadOnlyList<QueueCell>>();

    /// <summary>Whether all tasks of the page are selected.</summary>
    public bool IsSelected { get; init; }

    public IEnumerable<QueueColumn> Chosen => Filter.Columns.Select(key => Columns.First(column => column.Key == key));

    /// <summary>The number of tasks on all pages, at least one more than <see cref="Most"/> for many.</summary>
    public int Total => Filter.Status switch
    {
        TaskStatus.Pending => Counts.Pending,
        TaskStatus.Completed => Counts.Completed,
        TaskStatus.Cancelled => Counts.Cancelled,
        TaskStatus.Rejected => Counts.Rejected,
        TaskStatus.Expired => Counts.Expired,
        _ => Counts.All,
    };

    /// <summary>The position of the first task of the page, from 1.</summary>
    public int From => ((Filter.Place.Number - 1) * TaskFilter.PageSize) + 1;

    public bool IsOverdue(HumanTask task) => task.State.IsPending && task.Schedule.DueAt < Now;

    /// <summary>A text that changes whenever anything on the page does.</summary>
    public string State => string.Join('\n', Items.Select(task => FormattableString.Invariant($"{task.Id} {task.History.Version} {IsOverdue(task)}")))
        + FormattableString.Invariant($"\n{Counts}\n{Mine} {All}\n{Next}");
}
