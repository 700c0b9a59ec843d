using System.Text.Json.Serialization;
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

    /// <summary>
    /// An answer that is accepted in this write and that the turn has consumed already; its task is the one among
    /// <see cref="Tasks"/>. Null when none is.
    /// </summary>
    public HumanResponse? Accepted { get; init; }

    /// <summary>The responses that the turn consumed, of those that were accepted before.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    public IReadOnlyList<LogLine> Log { get; init; } = [];

    public IReadOnlyList<RunStart> Starts { get; init; } = [];

    /// <summary>The tree to which some of the starts belong; null when none does.</summary>
    public RunTree? Tree { get; init; }

    /// <summary>How many of the starts belong to the tree.</summary>
    public int Descendants => Starts.Count(start => start.Run.Root is not null);
}

/// <summary>The runs that descend from one without a person in between, and how many there may be.</summary>
/// <param name="Root">The run at which the tree began.</param>
/// <param name="Limit">How many may descend from it.</param>
public sealed record RunTree(string Root, int Limit);

/// <summary>A run that a turn starts. Its id follows from what caused it, so that a repeated turn starts it once.</summary>
/// <param name="Run">At version 0, running.</param>
/// <param name="Metering">How it counts against the allowance; null when it does not.</param>
/// <param name="QueuedReason">What the run says while the allowance makes it wait.</param>
public sealed record RunStart(Run Run, Metering? Metering, string QueuedReason)
{
    /// <summary>
    /// The run's first turn, written with it; null when the run takes it itself. It starts no run, and a metered run has
    /// none. Not kept in an outbox: whoever creates the run from there leaves the first turn to it.
    /// </summary>
    [JsonIgnore]
    public TurnCommit? Begun { get; init; }

    /// <summary>What is stored of the run when it is not there yet and need not wait for its allowance.</summary>
    [JsonIgnore]
    public TurnCommit First => Begun ?? new TurnCommit { Run = Run, ExpectedVersion = 0 };
}
