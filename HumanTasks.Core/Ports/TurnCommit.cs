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
