using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A candidate claims a task. Claiming it twice is claiming it once.</summary>
internal sealed record ClaimTask(Caller Caller) : TaskCommand(Caller)
{
    protected override int? SeatIn(HumanTask task) => Caller.Seat ?? task.Asked.Of(Caller.Person)?.Number;

    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now)
    {
        if (view.Seat is not { } seat || standing.Task.Asked is not Asked.Several { Candidates: true } several)
        {
            return new Decision.Refuse(new Verdict.NotTheirs(view));
        }

        if (view.Rights.Excludes(seat.Assignee))
        {
            return new Decision.Refuse(new Verdict.SamePerson(view));
        }

        return several.ClaimedBy == seat.Number
            ? new Decision.Refuse(new Verdict.Done(standing.Task))
            : Closed(view, now) ?? TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.Claimed, seat.Assignee) with { Asked = several with { ClaimedBy = seat.Number } },
                new LogLine(now, view.Action, RunEvent.TaskClaimed, seat.Assignee, seat.Assignee));
    }
}
