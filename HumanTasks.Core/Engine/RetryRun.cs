using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>The failed action of a failed run is retried, or the turn that failed with an unexpected exception.</summary>
internal sealed record RetryRun(string? By) : RunCommand(By)
{
    public override RunDecision Decide(Run run, DateTimeOffset now, bool isUnderWay) => run switch
    {
        { State: RunState.Failed { Before: not null } } => new RunDecision.Restate(mark => Restored(run, mark, now), GoesOn: false),
        { State: RunState.Failed { Before: null } failed, IsUnreadable: false } =>
            RunAgain(run, run with { Agent = run.Agent?.Anew() }, failed.Error.Action, now),
        _ => new RunDecision.Refuse(new RunVerdict.NotFailed(run)),
    };
}
