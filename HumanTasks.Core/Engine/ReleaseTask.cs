using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A claimed task goes back to all of its candidates.</summary>
/// <param name="Seat">Of the candidate; null if somebody else releases it for them.</param>
/// <param name="By">Who releases it.</param>
internal sealed record ReleaseTask(int? Seat, string? By) : TaskCommand(Seat)
{
    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (standing.Task.Routing is not { Candidates: true } routing)
        {
            return new Decision.Refuse(new Verdict.NotTheirs(task));
        }

        if (routing.ClaimedBy is not { } claimed)
        {
            return new Decision.Refuse(new Verdict.Done(standing.Task));
        }

        var released = standing.Task.Changed(now, TaskEventKind.Released, By).With(routing with { ClaimedBy = null });
        return Closed(task, now) ?? TaskChange.Of(
            standing,
            released,
            new LogLine(now, task.Action, RunEvent.TaskReleased, released.Assignee, By),
            [.. TellsOthers(standing.Task, claimed)]);
    }

    /// <summary>A released task is news to every candidate but the one who had it.</summary>
    private static IEnumerable<Notice> TellsOthers(HumanTask task, int claimed) => task.Plan is not { Notifies: true }
        ? []
        : task.Routing!.Seats
            .Where(seat => seat.Number != claimed && seat.Answer is null)
            .Select(seat => new Notice(NoticeKind.Assigned, 0, default) { Seat = seat.Number });
}
