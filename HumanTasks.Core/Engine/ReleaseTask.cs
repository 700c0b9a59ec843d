using HumanTasks.Core.People;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A claimed task goes back to all of its candidates, by the one who claimed it or by somebody who manages tasks.</summary>
internal sealed record ReleaseTask(Caller Caller) : TaskCommand(Caller)
{
    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now)
    {
        if (standing.Task.Asked is not Asked.Several { Candidates: true } several || !MayRelease(several))
        {
            return new Decision.Refuse(new Verdict.NotTheirs(view));
        }

        if (several.ClaimedBy is not { } claimed)
        {
            return new Decision.Refuse(new Verdict.Done(standing.Task));
        }

        var released = several with { ClaimedBy = null };
        return Closed(view, now) ?? TaskChange.Of(
            standing,
            standing.Task.Changed(now, TaskEventKind.Released, Caller.By) with { Asked = released },
            new LogLine(now, view.Action, RunEvent.TaskReleased, released.Names, Caller.By),
            [.. TellsOthers(view.Schedule, released, claimed)]);
    }

    private bool MayRelease(Asked.Several several) =>
        Caller.Manages
        || (Caller.IsAtLink
            ? several.ClaimedBy is not { } by || by == Caller.Seat
            : several.Claimed is { } claimed && PersonAddress.Same(claimed.Assignee, Caller.Person));

    /// <summary>A released task is news to every candidate but the one who had it.</summary>
    private static IEnumerable<Notice> TellsOthers(Schedule schedule, Asked.Several several, int claimed) => schedule.Plan is not { Notifies: true }
        ? []
        : several.Seats
            .Where(seat => seat.Number != claimed && seat.Answer is null)
            .Select(seat => new Notice(NoticeKind.Assigned, 0, default) { Seat = seat.Number });
}
