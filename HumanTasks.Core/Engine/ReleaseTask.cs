using HumanTasks.Core.People;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A claimed task goes back to all of its candidates, by the one who claimed it or by somebody who manages tasks.</summary>
internal sealed record ReleaseTask(Caller Caller) : TaskCommand(Caller)
{
    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (standing.Task.Routing is not { Candidates: true } routing || !MayRelease(routing))
        {
            return new Decision.Refuse(new Verdict.NotTheirs(task));
        }

        if (routing.ClaimedBy is not { } claimed)
        {
            return new Decision.Refuse(new Verdict.Done(standing.Task));
        }

        var released = standing.Task.Changed(now, TaskEventKind.Released, Caller.By).With(routing with { ClaimedBy = null });
        return Closed(task, now) ?? TaskChange.Of(
            standing,
            released,
            new LogLine(now, task.Action, RunEvent.TaskReleased, released.Assignee, Caller.By),
            [.. TellsOthers(standing.Task, claimed)]);
    }

    private bool MayRelease(Routing routing) =>
        Caller.Manages
        || (Caller.IsAtLink
            ? routing.ClaimedBy is not { } by || by == Caller.Seat
            : routing.Claimed is { } claimed && PersonAddress.Same(claimed.Assignee, Caller.Person));

    /// <summary>A released task is news to every candidate but the one who had it.</summary>
    private static IEnumerable<Notice> TellsOthers(HumanTask task, int claimed) => task.Plan is not { Notifies: true }
        ? []
        : task.Routing!.Seats
            .Where(seat => seat.Number != claimed && seat.Answer is null)
            .Select(seat => new Notice(NoticeKind.Assigned, 0, default) { Seat = seat.Number });
}
