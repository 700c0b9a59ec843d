using HumanTasks.Core.Masking;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The name of a run.</summary>
internal static class RunTitle
{
    /// <summary>The maximum length of a name, in characters.</summary>
    private const int MaxLength = 200;

    /// <summary>
    /// Returns the title of the rule set as soon as the context has all its values, until then the name before, otherwise
    /// the title of the first task.
    /// </summary>
    public static string? Of(Run run, RuleSet? ruleSet, Expressions.Scope scope, IReadOnlyList<HumanTask> tasks, SecretMask mask)
    {
        var title = ruleSet?.Title?.RenderText(scope);
        var named = title is not null && scope is { Missing.Count: 0, Misfits.Count: 0, IsTooLarge: false } ? title : run.Title ?? (tasks.Count > 0 ? tasks[0].Question.Title : null);
        return named is null ? null : ActionOutcome.Cut(string.Join(' ', mask.Text(named).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), MaxLength) is { Length: > 0 } name ? name : null;
    }
}
