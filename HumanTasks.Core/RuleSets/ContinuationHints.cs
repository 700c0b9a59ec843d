using System.Text.Json;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// Hints about the rule sets that continue this one: rule sets that do not exist, and required keys whose fields may be
/// null. A hint never prevents saving, because a rule set may be saved before its continuation.
/// </summary>
public static class ContinuationHints
{
    private const int MaxRuleSets = 50;

    /// <param name="actions">The actions of the rule set to save.</param>
    /// <param name="find">
    /// Returns the newest definition of a rule set in the environment, or null if there is none.
    /// </param>
    public static async Task<IReadOnlyList<Problem>> OfAsync(
        IReadOnlyList<RuleAction> actions, Func<string, Task<JsonElement?>> find)
    {
        List<Problem> hints = [];
        Dictionary<string, ContextNeeds?> known = new(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (NextOf(action) is not var (next, pointer))
            {
                continue;
            }

            if (await NeedsAsync(next) is null)
            {
                hints.Add(new Problem(
                    pointer, $"No rule set named '{next}' in this environment yet. Save it first, or runs that continue with it fail."));
            }
            else if (FormOf(action) is { } form)
            {
                var needs = await AllNeedsAsync(next);
                hints.AddRange(
                    from field in form.Fields
                    where MayBeNull(field) && needs.ContainsKey(field.Name)
                    let need = needs[field.Name]
                    select new Problem(
                        $"{action.Pointer}/form{FormDefinition.PointerOf(form.Definition, field.Name)}",
                        $"'{field.Name}' can be null ({(field.VisibleWhen is null ? "it is not required" : "its condition can hide it")}), and "
                        + $"the rule set '{need.RuleSet}' needs it at {need.Pointer}. Make it required, write '{{{{{field.Name}?}}}}' there, or test it with 'exists'."));
            }
        }

        return hints;

        async Task<ContextNeeds?> NeedsAsync(string name)
        {
            if (!known.TryGetValue(name, out var needs))
            {
                known[name] = needs = await find(name) is { } definition ? ContextNeeds.Of(definition) : null;
            }

            return needs;
        }

        // includes rule sets that are started with a copy of the context; each is visited once, which ends circles
        async Task<Dictionary<string, (string RuleSet, string Pointer)>> AllNeedsAsync(string first)
        {
            Dictionary<string, (string RuleSet, string Pointer)> all = new(StringComparer.Ordinal);
            List<string> names = [first];
            for (var i = 0; i < Math.Min(names.Count, MaxRuleSets); i++)
            {
                if (await NeedsAsync(names[i]) is { } needs)
                {
                    foreach (var (key, pointer) in needs.Keys)
                    {
                        all.TryAdd(key, (names[i], pointer));
                    }

                    names.AddRange(needs.Starts.Distinct(StringComparer.Ordinal).Where(name => !names.Contains(name)));
                }
            }

            return all;
        }
    }

    private static (string Name, string Pointer)? NextOf(RuleAction action) => action switch
    {
        RuleAction.StartRuleSet start => (start.RuleSet, $"{action.Pointer}/ruleSet"),
        RuleAction.HumanTask { Continuation: Continuation.RuleSet next } => (next.Name, $"{action.Pointer}/continuation/ruleSet"),
        RuleAction.HumanIntervention { Continuation: Continuation.RuleSet next } => (next.Name, $"{action.Pointer}/continuation/ruleSet"),
        _ => null,
    };

    private static Form? FormOf(RuleAction action) =>
        (action as RuleAction.HumanTask)?.Request.Form ?? (action as RuleAction.HumanIntervention)?.Request.Form;

    /// <summary>Returns whether an accepted response may leave the field null.</summary>
    private static bool MayBeNull(Field field) => field.TakesInput && (field.VisibleWhen is not null || field switch
    {
        { ReadOnly: true } => field.Value is null,
        { Shape: AnswerShape.Truth } => false, // an unchecked box is false, not null
        _ => !field.MustBeAnswered,
    });
}
