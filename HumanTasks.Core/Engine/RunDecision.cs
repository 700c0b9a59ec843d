using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

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
