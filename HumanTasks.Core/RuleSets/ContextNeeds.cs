using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// The keys that a rule set requires in its initial context. A key is required if a template names it without <c>?</c>
/// or a condition compares its size, and no earlier step sets it or checks that it exists.
/// </summary>
internal sealed class ContextNeeds
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, string> needs = new(StringComparer.Ordinal);
    private readonly List<string> starts = [];

    private ContextNeeds()
    {
    }

    /// <summary>The required keys, each with the pointer to its first use.</summary>
    public IReadOnlyDictionary<string, string> Keys => needs;

    /// <summary>The rule sets that this one starts with a copy of its context.</summary>
    public IReadOnlyList<string> Starts => starts;

    public static ContextNeeds Of(JsonElement ruleSet)
    {
        var found = new ContextNeeds();
        if (ruleSet.ValueKind == JsonValueKind.Object && ruleSet.TryGetProperty("actions", out var actions))
        {
            found.Walk(actions, "/actions", [], 0);
        }

        return found;
    }

    /// <summary>
    /// Records the keys that a list of actions requires. Returns the keys that are known after it, or null if the run
    /// cannot continue there.
    /// </summary>
    private HashSet<string>? Walk(JsonElement actions, string pointer, HashSet<string> known, int depth)
    {
        if (actions.ValueKind != JsonValueKind.Array || depth > MaxDepth)
        {
            return known;
        }

        var now = known.ToHashSet(StringComparer.Ordinal);
        foreach (var (index, action) in actions.EnumerateArray().Index())
        {
            if (action.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var at = JsonPointer.Append(pointer, index);
            switch (TextOf(action, "type"))
            {
                case "when" when Branch(action, at, now, depth) is { } both:
                    now = both;
                    break;
                case "when":
                    return null;
                case "end":
                    NeedTemplates(action, at, now);
                    return null;
                default:
                    NeedTemplates(action, at, now);
                    now.UnionWith(SetBy(action));
                    break;
            }

            if (TextOf(action, "type") == "startRuleSet" && !action.TryGetProperty("context", out _) && TextOf(action, "ruleSet") is { } name)
            {
                starts.Add(name);
            }
        }

        return now;
    }

    private HashSet<string>? Branch(JsonElement action, string at, HashSet<string> known, int depth)
    {
        var condition = action.TryGetProperty("if", out var given)
            ? ConditionReader.Read(given, "", new Problems { Stored = true }, "path")
            : null;
        if (condition is not null)
        {
            NeedComparisons(condition, JsonPointer.Append(at, "if"), known);
        }

        var (whenTrue, whenFalse) = condition is null ? ([], []) : Proved(condition);
        HashSet<string>? Take(string member, HashSet<string> proved) => action.TryGetProperty(member, out var actions)
            ? Walk(actions, JsonPointer.Append(at, member), [.. known, .. proved], depth + 1)
            : [.. known, .. proved];
        var (then, otherwise) = (Take("then", whenTrue), Take("else", whenFalse));
        return then is null ? otherwise : otherwise is null ? then : [.. then.Intersect(otherwise)];
    }

    private void NeedTemplates(JsonElement value, string at, HashSet<string> known)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    NeedTemplates(member.Value, JsonPointer.Append(at, member.Name), known);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    NeedTemplates(item, JsonPointer.Append(at, index), known);
                }

                break;
            case JsonValueKind.String:
                foreach (var path in Template.TryParse(value.GetString()!, out _, stored: true)?.NeededPaths ?? [])
                {
                    Need(path, at, known);
                }

                break;
            default:
                break;
        }
    }

    private void NeedComparisons(Condition condition, string at, HashSet<string> known)
    {
        switch (condition)
        {
            case Condition.Compare { Op: Comparison.Gt or Comparison.Ge or Comparison.Lt or Comparison.Le } compare:
                Need(compare.Path, at, known);
                break;
            case Condition.Not not:
                NeedComparisons(not.Of, at, known);
                break;
            case Condition.All or Condition.Any:
                // earlier conditions in the list prove keys for later ones
                HashSet<string> here = [.. known];
                foreach (var part in (condition as Condition.All)?.Of ?? (condition as Condition.Any)!.Of)
                {
                    NeedComparisons(part, at, here);
                    var (whenTrue, whenFalse) = Proved(part);
                    here.UnionWith(condition is Condition.All ? whenTrue : whenFalse);
                }

                break;
            default:
                break;
        }
    }

    private void Need(ContextPath path, string at, HashSet<string> known)
    {
        if (!known.Contains(path.Root))
        {
            needs.TryAdd(path.Root, at);
        }
    }

    /// <summary>Returns the keys that exist if a condition is true, and those that exist if it is false.</summary>
    private static (HashSet<string> WhenTrue, HashSet<string> WhenFalse) Proved(Condition condition)
    {
        switch (condition)
        {
            case Condition.Not not:
                var (whenTrue, whenFalse) = Proved(not.Of);
                return (whenFalse, whenTrue);
            case Condition.All all:
                var parts = all.Of.Select(Proved).ToArray();
                return ([.. parts.SelectMany(part => part.WhenTrue)], Common(parts.Select(part => part.WhenFalse)));
            case Condition.Any any:
                var ways = any.Of.Select(Proved).ToArray();
                return (Common(ways.Select(way => way.WhenTrue)), [.. ways.SelectMany(way => way.WhenFalse)]);
            case Condition.Compare { Path.Root: var key } compare:
                var isThere = new Condition.Compare(compare.Path, compare.Op, compare.Value).Answer([]);
                // the result for a missing value proves nothing
                return isThere ? ([], [key]) : ([key], []);
            default:
                return ([], []);
        }
    }

    private static HashSet<string> Common(IEnumerable<HashSet<string>> sets) =>
        sets.Aggregate((HashSet<string>?)null, (all, one) => all is null ? one : [.. all.Intersect(one)]) ?? [];

    private static IEnumerable<string> SetBy(JsonElement action)
    {
        if (TextOf(action, "type") == "set" && action.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in values.EnumerateObject())
            {
                yield return RootOf(member.Name);
            }
        }

        if (TextOf(action, "saveAs") is { } key)
        {
            yield return RootOf(key);
        }
        else if (TextOf(action, "type") is "humanTask" or "agent" && TextOf(action, "name") is { } name)
        {
            yield return RuleAction.HumanTask.UsualKey(name).Root;
        }
    }

    private static string RootOf(string path) => path.Split('.')[0];

    private static string? TextOf(JsonElement action, string member) =>
        action.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
