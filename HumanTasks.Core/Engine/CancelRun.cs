using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>
/// A run is cancelled by a turn, which notifies the people concerned. A run that failed with an unexpected exception is
/// restored first; if its record is unreadable, or the turn fails, the run is cancelled in the record alone.
/// </summary>
internal sealed record CancelRun(string? Reason, string? By) : RunCommand(By)
{
    public override RunDecision Decide(Run run, DateTimeOffset now, bool isUnderWay) => run.State switch
    {
        RunState.Failed { IsFault: true, Before: null } => InRecord(now),
        RunState.Failed { IsFault: true } => new RunDecision.Restate(mark => Restored(run, mark, now), GoesOn: true),
        RunState.Cancelled when isUnderWay => new RunDecision.Refuse(new RunVerdict.Done(run)),
        { IsOver: true } => new RunDecision.Refuse(new RunVerdict.Over(run)),
        _ => new RunDecision.Take(new Turn(run.Id, run.Version, Signal.Cancelled, Reason, By), InRecord(now)),
    };

    private RunDecision.Restate InRecord(DateTimeOffset now) => new(
        mark => mark.Status is RunStatus.Running or RunStatus.Paused or RunStatus.Queued or RunStatus.Failed
            ? new Restatement(new RunState.Cancelled(Reason), new LogLine(now, null, RunEvent.Cancelled, Reason, By))
            : null,
        GoesOn: true);
}
