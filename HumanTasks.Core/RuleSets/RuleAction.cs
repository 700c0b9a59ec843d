namespace HumanTasks.Core.RuleSets;

/// <summary>
/// One step of a compiled rule set. Each type has its own file, which includes its reader. Positions are 0-based in the
/// flat list, and jumps only lead forward.
/// </summary>
public abstract partial record RuleAction
{
    private RuleAction()
    {
    }

    /// <summary>The name, unique in the rule set.</summary>
    public required string Name { get; init; }

    /// <summary>The place of the step in the rule set's document, as a JSON pointer.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>The retry policy set by the author; null for the default.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The name of the type in the contract.</summary>
    public abstract string Type { get; }
}
