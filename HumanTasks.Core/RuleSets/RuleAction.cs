namespace HumanTasks.Core.RuleSets;

/// <summary>
/// One step of a compiled rule set; each type stands in a file of its own with what reads it. Positions count from 0 in
/// the flat list; jumps only lead forward.
/// </summary>
public abstract partial record RuleAction
{
    private RuleAction()
    {
    }

    /// <summary>Unique in its rule set.</summary>
    public required string Name { get; init; }

    /// <summary>Where the step stands in the rule set's document, as a JSON pointer.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>How patiently it is tried again where its author says so; null for the usual way.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>The type's name in the contract.</summary>
    public abstract string Type { get; }
}
