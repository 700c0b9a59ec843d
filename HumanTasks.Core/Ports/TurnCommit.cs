using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>Everything that one turn changes, written as one.</summary>
public sealed record TurnCommit
{
    /// <summary>The run after the turn; its version is one above <see cref="ExpectedVersion"/>.</summary>
    public required Run Run { get; init; }

    public required int ExpectedVersion { get; init; }

    /// <summary>New tasks (version 1) and changed ones (expected at the version before).</summary>
    public IReadOnlyList<HumanTask> Tasks { get; init; } = [];

    /// <summary>The responses that the turn consumed.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    public IReadOnlyList<LogLine> Log { get; init; } = [];

    public IReadOnlyList<RunStart> Starts { get; init; } = [];
}

/// <summary>A run that a turn starts. Its id follows from what caused it, so that a repeated turn starts it once.</summary>
/// <param name="Run">At version 0, running.</param>
/// <param name="Metering">How it counts against the allowance; null when it does not.</param>
/// <param name="QueuedReason">What the run says while the allowance makes it wait.</param>
public sealed record RunStart(Run Run, Metering? Metering, string QueuedReason);
