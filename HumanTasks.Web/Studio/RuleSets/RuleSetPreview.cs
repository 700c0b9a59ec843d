using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Forms;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>The preview of a rule set's forms.</summary>
public sealed record RuleSetPreview
{
    /// <summary>The actions that ask a person.</summary>
    public required IReadOnlyList<RuleAction> Asking { get; init; }

    /// <summary>The action whose form is shown; null for none.</summary>
    public RuleAction? Shown { get; init; }

    /// <summary>The form; null if it is invalid with this context.</summary>
    public FormModel? Form { get; init; }

    /// <summary>The paths of values that the context does not have.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The sample context, as JSON.</summary>
    public required string Context { get; init; }

    /// <summary>Why there is no form; null if there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the form is as wide as a phone.</summary>
    public bool IsPhone { get; init; }

    /// <summary>Whether it shows edits that are not saved.</summary>
    public bool IsUnsaved { get; init; }
}
