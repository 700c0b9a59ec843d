namespace HumanTasks.Core.Tasks;

/// <summary>The values that members must not see in a run and in every run that descends from it.</summary>
public sealed record RunSecrets
{
    /// <summary>
    /// Context paths: those of the rule set, inherited paths, and the places to which values were copied.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Values that were at such a path before, here or in an earlier run, and may appear anywhere.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Paths into the output, starting with <c>output</c>; null for none.</summary>
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>Whether there are too many values to track. Everything is hidden then.</summary>
    public bool Everything { get; init; }
}
