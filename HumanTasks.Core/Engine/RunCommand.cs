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

/// <summary>What a command on a run comes to.</summary>
internal abstract record RunDecision
{
    private RunDecision()
    {
    }

    /// <summary>Nothing is written.</summary>
    /// <param name="Why">What the caller is told; also that there was nothing to do.</param>
    public sealed record Refuse(RunVerdict Why) : RunDecision;

    /// <summary>The run and a line of the log change in one commit, and the run gets a turn.</summary>
    public sealed record Write(TurnCommit Commit) : RunDecision;

    /// <summary>The state of the run changes, whatever its record contains.</summary>
    /// <param name="Change">Returns the new state, or null if the run changed meanwhile.</param>
    /// <param name="GoesOn">Whether the command is then decided again; otherwise it is done and the run gets a turn.</param>
    public sealed record Restate(Func<RunMark, Restatement?> Change, bool GoesOn) : RunDecision;

    /// <summary>The run takes a turn.</summary>
    /// <param name="Turn">The turn.</param>
    /// <param name="Otherwise">What is done if it fails with an unexpected exception.</param>
    public sealed record Take(Turn Turn, Restate Otherwise) : RunDecision;
}
