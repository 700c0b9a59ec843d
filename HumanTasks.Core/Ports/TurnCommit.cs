using System.Text.Json.Serialization;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>All changes of one turn, written together. A response that it accepts is already consumed.</summary>
public sealed record TurnCommit : Commit
{
    /// <summary>The run after the turn, at one version above <see cref="ExpectedVersion"/>.</summary>
    public required Run Run { get; init; }

    public required int ExpectedVersion { get; init; }

    /// <summary>New tasks (version 1) and changed tasks (expected at the previous version).</summary>
    public IReadOnlyList<HumanTask> Tasks { get; init; } = [];

    /// <summary>The IDs of the responses, accepted earlier, that the turn consumed.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    public IReadOnlyList<LogLine> Log { get; init; } = [];

    public IReadOnlyList<RunStart> Starts { get; init; } = [];

    /// <summary>The tree to which some of the starts belong; null for none.</summary>
    public RunTree? Tree { get; init; }

    /// <summary>The number of starts that belong to the tree.</summary>
    public int Descendants => Starts.Count(start => start.Run.Root is not null);
}

/// <summary>The runs that descend from one run without a person in between, with their limit.</summary>
/// <param name="Root">The run at which the tree begins.</param>
/// <param name="Limit">The maximum number of its descendants.</param>
public sealed record RunTree(string Root, int Limit);

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
