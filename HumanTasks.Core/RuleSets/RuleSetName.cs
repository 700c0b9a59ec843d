using System.Text.RegularExpressions;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// The names of rule sets: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, starting with a letter or digit.
/// </summary>
public static partial class RuleSetName
{
    public const int MaxLength = 64;

    /// <summary>The same as a regular expression, as JSON Schemas have it.</summary>
    public const string Expression = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    public const string Rule =
        "A rule set name must have 1 to 64 letters, digits, '-', '_' or '.', and start with a letter or digit.";

    /// <summary>
    /// The name of a run that the API created from one <c>humanIntervention</c>. No rule set can have it.
    /// </summary>
    public const string Intervention = "~intervention";

    /// <summary>The name of a run that the API created from one <c>humanTask</c>.</summary>
    public const string Task = "~task";

    /// <summary>The name of a run that delivers a continuation to a webhook.</summary>
    public const string Webhook = "~webhook";

    /// <summary>The name of a run that notifies people that a task is closed.</summary>
    public const string Notices = "~notices";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Pattern();
}
