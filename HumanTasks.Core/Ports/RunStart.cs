using System.Text.Json.Serialization;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>A run that a turn starts. Its ID derives from its cause, so a repeated turn starts it only once.</summary>
/// <param name="Run">The run, at version 0 and running.</param>
/// <param name="Metering">How it counts against the allowance; null if it does not.</param>
/// <param name="QueuedReason">The reason shown while the run waits for the allowance.</param>
public sealed record RunStart(Run Run, Metering? Metering, string QueuedReason)
{
    /// <summary>
    /// The run's first turn, written with it; null if the run takes it itself. It starts no runs, and metered runs have
    /// none. It is not kept in an outbox: a run created from there takes its first turn itself.
    /// </summary>
    [JsonIgnore]
    public TurnCommit? Begun { get; init; }

    /// <summary>The commit that stores the run if it does not exist yet and need not wait for its allowance.</summary>
    [JsonIgnore]
    public TurnCommit First => Begun ?? new TurnCommit { Run = Run, ExpectedVersion = 0 };
}
