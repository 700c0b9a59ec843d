using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A candidate claims a task. Claiming it twice is claiming it once.</summary>
internal sealed record ClaimTask(Caller Caller) : TaskCommand(Caller)
{
    protected override int? SeatIn(HumanTask task) => Caller.Seat ?? task.Routing?.Of(Caller.Person)?.Number;

    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (task.Seat is not { } seat || standing.Task.Routing is not { Candidates: true } routing)
        {
            return new Decision.Refuse(new Verdict.NotTheirs(task));
        }

        if (task.Excludes(seat.Assignee))
        {
            return new Decision.Refuse(new Verdict.SamePerson(task));
        }

        return routing.ClaimedBy == seat.Number
            ? new Decision.Refuse(new Verdict.Done(standing.Task))
            : Closed(task, now) ?? TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.Claimed, seat.Assignee).With(routing with { ClaimedBy = seat.Number }),
                new LogLine(now, task.Action, RunEvent.TaskClaimed, seat.Assignee, seat.Assignee));
    }
}
