using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A new link revokes the earlier ones: those of the seat, or of all who have not responded.</summary>
internal sealed record ReissueLink(int? Seat, string? By) : TaskCommand(Seat)
{
    /// <summary>What the log says of a new link, which has no event of its own: builds before this one could not read it.</summary>
    public const string NewLink = "New link";

    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now) =>
        Closed(task, now) ?? TaskChange.Of(
            standing,
            TaskChange.Reissued(standing.Task.Changed(now, TaskEventKind.LinkReissued, By), Seat),
            new LogLine(now, task.Action, RunEvent.TaskReminded, task.Assignee is { } assignee ? $"{NewLink}: {assignee}" : NewLink, By));
}
