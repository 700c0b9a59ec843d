using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A new link revokes the earlier ones: those of the seat, or of all who have not responded.</summary>
/// <param name="Caller">Who asks for it.</param>
/// <param name="Assignee">The assignee whose link it is; null for the seat of the caller, or for all.</param>
internal sealed record ReissueLink(Caller Caller, string? Assignee = null) : TaskCommand(Caller)
{
    /// <summary>What the log says of a new link, which has no event of its own: builds before this one could not read it.</summary>
    public const string NewLink = "New link";

    protected override int? SeatIn(HumanTask task) => Caller.Seat ?? task.Asked.Of(Assignee)?.Number;

    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now) =>
        Assignee is { } named && !view.IsOf(named)
            ? new Decision.Refuse(new Verdict.NotTheirs(TaskView.Of(standing.Task)))
            : Closed(view, now) ?? TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.LinkReissued, Caller.By) with { Asked = standing.Task.Asked.Reissued(view.Seat?.Number) },
                new LogLine(
                    now,
                    view.Action,
                    RunEvent.TaskReminded,
                    view.Assignee is { } assignee ? $"{NewLink}: {assignee}" : NewLink,
                    Caller.By));
}
