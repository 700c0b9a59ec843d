using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>A change of a run that somebody asks for. The decision needs no store and no clock.</summary>
/// <param name="By">The name of the person or program, for the log.</param>
internal abstract record RunCommand(string? By)
{
    /// <summary>Decides the command on a run as it stands at a time.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The time.</param>
    /// <param name="isUnderWay">Whether the command was decided before, on an earlier version of the run.</param>
    public abstract RunDecision Decide(Run run, DateTimeOffset now, bool isUnderWay);

    /// <summary>Lets a run continue from a state of its record.</summary>
    private protected RunDecision.Write RunAgain(Run run, Run start, string? action, DateTimeOffset now) => new(new TurnCommit
    {
        ExpectedVersion = run.Version,
        Run = start with { Version = run.Version + 1, UpdatedAt = run.NotBefore(now), State = new RunState.Running() },
        Log = [new LogLine(run.NotBefore(now), action, RunEvent.RetryRequested, null, By)],
    });

    /// <summary>
    /// Restores the state of a run that failed with an unexpected exception, so that its turn is retried. Nothing for one
    /// that changed meanwhile.
    /// </summary>
    private protected Restatement? Restored(Run run, RunMark mark, DateTimeOffset now) =>
        mark.Version == run.Version && mark.State is RunState.Failed { Before: { } before } failed
            ? new Restatement(
                before is RunState.Running ? new RunState.Running() : before,
                new LogLine(run.NotBefore(now), failed.Error.Action is { Length: > 0 } action ? action : null, RunEvent.RetryRequested, null, By))
            : null;
}
