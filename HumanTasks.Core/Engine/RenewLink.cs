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

    protected override Decision Decide(TaskStanding standing, TaskView view, DateTimeOffset now)
    {
        if (TaskLook.At(view, now) is Verdict.Open)
        {
            return TaskChange.Of(
                standing,
                standing.Task.Changed(now, TaskEventKind.Reminded),
                new LogLine(now, view.Action, RunEvent.TaskReminded, standing.Task.Asked.Names),
                new Notice(NoticeKind.FreshLink, 0, default) { Seat = Caller.Seat });
        }

        var run = standing.Run;
        if (view.State is not TaskState.Expired || view.Seat is { Answer: not null } || run.State is not RunState.Expired || run.IsGone(now))
        {
            return new Decision.Refuse(new Verdict.Expired(view));
        }

        now = view.History.NotBefore(run.NotBefore(now));
        var life = view.Task.Life > ShortestRenewal ? view.Task.Life : ShortestRenewal;
        var until = life < run.AvailableUntil - now ? now + life : run.AvailableUntil;
        var open = standing.Task.Changed(now, TaskEventKind.Reopened) with
        {
            Asked = standing.Task.Asked.Reissued(Caller.Seat),
            State = new TaskState.Pending(),
            Schedule = view.Schedule with { ExpiresAt = until },
        };
        return TaskChange.Write(
            run,
            new RunState.Paused(view.Id, until).And(new Notice(NoticeKind.FreshLink, open.History.Version, now) { Seat = Caller.Seat }),
            open,
            new LogLine(now, view.Action, RunEvent.TaskReopened, view.Id),
            wakes: true);
    }
}
