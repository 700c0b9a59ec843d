using HumanTasks.Core.Tasks;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The list beside a task, and the place of the task in it.</summary>
/// <param name="Filter">The list's filter, with the page on which the task is.</param>
/// <param name="Items">The tasks of that page as a list shows them to the reader.</param>
/// <param name="Total">The number of tasks on all pages, at most one more than <see cref="Queue.Most"/>.</param>
/// <param name="Now">The time at which it was read.</param>
public sealed record QueueBeside(TaskFilter Filter, IReadOnlyList<HumanTask> Items, int Total, DateTimeOffset Now)
{
    /// <summary>The position of the task in the list, from 1; null for one that isn't in it any more.</summary>
    public int? Position { get; init; }

    /// <summary>The task before; null for none.</summary>
    public QueueNeighbour? Previous { get; init; }

    /// <summary>The task to go on with; null for none.</summary>
    public QueueNeighbour? Next { get; init; }

    /// <summary>The number of tasks that wait in the list; null for a list of tasks that don't.</summary>
    public int? Waiting => Filter.Status == TaskStatus.Pending ? Total : null;

    public bool IsOverdue(HumanTask task) => task.State.IsPending && task.Schedule.DueAt < Now;

    /// <summary>A text that changes whenever the list does.</summary>
    public string State => string.Join(' ', Items.Select(task => FormattableString.Invariant($"{task.Id} {task.History.Version} {IsOverdue(task)}")))
        + FormattableString.Invariant($" {Total} {Position} {Previous} {Next}");
}

/// <summary>A task before or after another one in a list.</summary>
/// <param name="Id">The task.</param>
/// <param name="Filter">The list at the page on which it is.</param>
public sealed record QueueNeighbour(string Id, TaskFilter Filter)
{
    public override string ToString() => Id + Filter.ToQueryString();
}
