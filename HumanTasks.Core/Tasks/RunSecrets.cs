namespace HumanTasks.Core.Tasks;

/// <summary>What of a run, and of every run that descends from it, people who watch do not see.</summary>
public sealed record RunSecrets
{
    /// <summary>Paths into the context: those of the rule set, those that were inherited, and where their values were copied to.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Texts that stood at such a path, here or in a run before, and no longer do: they may stand anywhere.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Paths into the output, below the name <c>output</c>; null for none.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>True when there is more than can be told apart: then nothing is shown.</summary>
    public bool Everything { get; init; }
}
