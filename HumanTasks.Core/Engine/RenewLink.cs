using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// An assignee asks for a working link by email. An expired task opens again with its run, for as long as it was open before
/// and never beyond the run's own time.
/// </summary>
internal sealed record RenewLink(Caller Caller) : TaskCommand(Caller)
{
    /// <summary>A fresh link lives at least so long, as far as the run does.</summary>
    private static readonly TimeSpan ShortestRenewal = TimeSpan.FromHours(1);

    protected override Decision Decide(TaskStanding standing, HumanTask task, DateTimeOffset now)
    {
        if (TaskLook.At(task, now) is Verdict.Open)
        {
            return TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.Reminded),
                new LogLine(now, task.Action, RunEvent.TaskReminded, standing.Task.Assignee),
                new Notice(NoticeKind.FreshLink, 0, default) { Seat = Caller.Seat });
        }

        var run = standing.Run;
        if (task.State is not TaskState.Expired || task.Seat is { Answer: not null } || run.State is not RunState.Expired || run.IsGone(now))
        {
            return new Decision.Refuse(new Verdict.Expired(task));
        }

        now = task.NotBefore(run.NotBefore(now));
        var life = task.Life > ShortestRenewal ? task.Life : ShortestRenewal;
        var until = life < run.AvailableUntil - now ? now + life : run.AvailableUntil;
        var open = TaskChange.Reissued(standing.Task.Changed(now, TaskEventKind.Reopened), Caller.Seat) with
        {
            State = new TaskState.Pending(),
            ExpiresAt = until,
        };
        return TaskChange.Write(
            run,
            new RunState.Paused(task.Id, until).And(new Notice(NoticeKind.FreshLink, open.Version, now) { Seat = Caller.Seat }),
            open,
            new LogLine(now, task.Action, RunEvent.TaskReopened, task.Id),
            wakes: true);
    }
}
