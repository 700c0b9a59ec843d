using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// Configured secrets, <c>{{secret.NAME}}</c>. They are resolved when an <c>http</c> action sends its request, and
/// allowed only in its headers and body, because everything else is stored, shown or emailed.
/// </summary>
public static class ConfiguredSecrets
{
    private static readonly string[] Branches = ["then", "else"];
    private static readonly string[] Sent = ["headers", "body"];

    /// <summary>
    /// Returns the secrets that actions send but the environment lacks, each with the action's pointer.
    /// </summary>
    public static IEnumerable<Problem> UnknownIn(IReadOnlyList<RuleAction> actions, IReadOnlyDictionary<string, string> known) =>
        from http in actions.OfType<RuleAction.Http>()
        from path in http.Headers.SelectMany(header => header.Value.Paths).Concat(http.Body?.Paths ?? []).DistinctBy(path => path.Text)
        let name = SecretPath.NameOf(path)
        where name is not null && !known.ContainsKey(name)
        select new Problem(
            http.Pointer,
            $"'{http.Name}' uses the secret '{name}', which this environment doesn't have. Set HumanTasks:Environments:n:Secrets:{name}, "
            + "or the run fails at this action.");

    /// <summary>
    /// Records every place in a rule set that names a secret outside the headers and body of an <c>http</c> action.
    /// </summary>
    internal static void Check(JsonElement ruleSet, Problems problems)
    {
        foreach (var member in ruleSet.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array && member.NameEquals("actions"))
            {
                CheckActions(member.Value, "/actions", problems, 0);
            }
        }
    }

    /// <summary>Does the same for one action outside a rule set.</summary>
    internal static void CheckAction(ObjectReader action) => CheckAction(action.Element, action.Pointer, action.Problems, RuleSetReader.MaxDepth);

    private static void CheckActions(JsonElement actions, string pointer, Problems problems, int depth)
    {
        foreach (var (index, action) in actions.EnumerateArray().Index())
        {
            CheckAction(action, JsonPointer.Append(pointer, index), problems, depth);
        }
    }

    private static void CheckAction(JsonElement action, string pointer, Problems problems, int depth)
    {
        if (action.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var type = action.TryGetProperty("type", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        foreach (var member in action.EnumerateObject())
        {
            var at = JsonPointer.Append(pointer, member.Name);
            if (member.Value.ValueKind == JsonValueKind.Array && type == "when" && depth < RuleSetReader.MaxDepth
                && Branches.Contains(member.Name, StringComparer.Ordinal))
            {
                CheckActions(member.Value, at, problems, depth + 1);
            }
            else if (type is null && member.NameEquals("context"))
            {
                continue; // the initial context is data, without templates
            }
            else if (type != "http" || !Sent.Contains(member.Name, StringComparer.Ordinal))
            {
                CheckValue(member.Value, at, problems, (type, member.Name) switch
                {
                    ("when", "if") => Written.Condition,
                    (_, "show") or ("agent", "context") => Written.Path,
                    _ => Written.Template,
                });
            }
        }
    }

    private static void CheckValue(JsonElement value, string pointer, Problems problems, Written written)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    CheckValue(member.Value, JsonPointer.Append(pointer, member.Name), problems, written switch
                    {
                        Written.Condition when member.NameEquals("path") => Written.Path,
                        Written.Path when !member.NameEquals("path") => Written.Template,
                        _ => written,
                    });
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    CheckValue(item, JsonPointer.Append(pointer, index), problems, written);
                }

                break;
            case JsonValueKind.String when PathsIn(value.GetString()!, written).Select(SecretPath.NameOf).FirstOrDefault(name => name is not null) is { } name:
                problems.Add(pointer, $"'secret.{name}' is a configured secret. Use it only in the headers and body of an http action.");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<ContextPath> PathsIn(string text, Written written)
    {
        if (written is Written.Path && ContextPath.TryParse(text) is { } path)
        {
            return [path];
        }

        return Template.TryParse(text, out _)?.Paths ?? [];
    }

    /// <summary>The notation of context paths in a text.</summary>
    private enum Written
    {
        /// <summary>In double braces.</summary>
        Template,

        /// <summary>As plain text.</summary>
        Path,

        /// <summary>As plain text, in members named <c>path</c>.</summary>
        Condition,
    }
}
