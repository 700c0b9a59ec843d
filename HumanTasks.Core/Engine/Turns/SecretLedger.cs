using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Tracks a run's secrets through a turn: their paths, their values, and where actions copy them. Everything passed to
/// another run is tracked there, too.
/// </summary>
internal sealed class SecretLedger
{
    private const int MaxPaths = 500;
    private const int MaxCharacters = 256 * 1024;

    private readonly List<ContextPath> paths;
    private readonly List<ContextPath> output;
    private readonly HashSet<string> values;
    private bool everything;

    public SecretLedger(Run run, RuleSet? ruleSet)
    {
        paths = [.. (ruleSet?.Secrets ?? []).Concat(SecretMask.Parsed(run.Secrets?.Paths)).DistinctBy(path => path.Text)];
        output = [.. SecretMask.Parsed(run.Secrets?.Output)];
        values = new HashSet<string>(run.Secrets?.Values ?? [], StringComparer.Ordinal);
        everything = run.Secrets?.Everything == true;
        Note(run.Context);
    }

    public bool IsEmpty => paths.Count == 0 && values.Count == 0 && !everything;

    /// <summary>The mask for the secrets known so far.</summary>
    public SecretMask Mask => IsEmpty ? SecretMask.None : new SecretMask(paths, output, values, everything);

    /// <summary>Records the values at the secret paths of a context.</summary>
    public void Note(JsonNode context)
    {
        if (paths.Count > 0 && !Secrets.IsReadable(context))
        {
            everything = true; // in an unreadable context, secrets cannot be told apart from other values
        }
        else if (paths.Count > 0)
        {
            values.UnionWith(SecretMask.ValuesAt(paths, context));
            everything = everything || values.Sum(value => (long)value.Length) > MaxCharacters;
        }
    }

    /// <summary>Tracks secrets that an action copies to a key of the context.</summary>
    public void Copied(ContextPath key, ValueTemplate template, JsonObject context) =>
        Add(paths, Flow(template, key.Text, paths, context));

    /// <summary>Tracks secrets copied to the run's output.</summary>
    public void CopiedToOutput(ValueTemplate template, JsonObject context) =>
        Add(output, Flow(template, SecretMask.OutputRoot, paths, context));

    /// <summary>Returns the secrets of another run whose context is made from this one's.</summary>
    /// <param name="context">The context of this run.</param>
    /// <param name="template">
    /// The action with the template of the other run's context; without a template it is a copy.
    /// </param>
    public RunSecrets? For(JsonObject context, RuleSets.RuleAction.StartRuleSet template) =>
        Inherited(template.Context is ValueTemplate.Members members
            ? members.Values.SelectMany(member => Flow(member.Value, member.Name, paths, context))
            : []);

    /// <summary>Returns the secrets of another run whose context contains this one's at some places.</summary>
    public RunSecrets? Below(params IEnumerable<string> places) =>
        Inherited(places.SelectMany(place => paths.Select(path => $"{place}.{path.Text}")));

    /// <summary>
    /// Returns the secrets of another run whose context is a copy of this one's, or contains nothing of it.
    /// </summary>
    public RunSecrets? Inherited() => Inherited([]);

    private RunSecrets? Inherited(IEnumerable<string> more)
    {
        if (IsEmpty)
        {
            return null;
        }

        List<ContextPath> all = [.. paths];
        Add(all, more);
        return new RunSecrets
        {
            Paths = [.. all.Select(path => path.Text)],
            Values = values.Count > 0 ? [.. values.Where(SecretTexts.IsFindable)] : null,
            Everything = everything,
        };
    }

    /// <summary>Returns the secrets for the run's record. Values still at their paths are not stored twice.</summary>
    public RunSecrets? Of(JsonObject context)
    {
        if (IsEmpty)
        {
            return null;
        }

        Note(context);
        var standing = (Secrets.IsReadable(context) ? SecretMask.ValuesAt(paths, context) : []).ToHashSet(StringComparer.Ordinal);
        string[] elsewhere = [.. values.Where(value => !standing.Contains(value) && SecretTexts.IsFindable(value))];
        return new RunSecrets
        {
            Paths = [.. paths.Select(path => path.Text)],
            Values = elsewhere.Length > 0 ? elsewhere : null,
            Output = output.Count > 0 ? [.. output.Select(path => path.Text)] : null,
            Everything = everything,
        };
    }

    /// <summary>Returns a task with the secrets that lists must hide.</summary>
    public HumanTask Marked(HumanTask task)
    {
        if (IsEmpty)
        {
            return task;
        }

        var found = new HashSet<string>(task.Secrets?.Values ?? [], StringComparer.Ordinal);
        Mask.Task(task, found);
        return found.Count == 0 && !everything ? task : task with { Secrets = new RunSecrets { Values = [.. found], Everything = everything } };
    }

    private void Add(List<ContextPath> to, IEnumerable<string> more)
    {
        foreach (var text in more.ToArray()) // enumerated first, because the source reads the list that is added to
        {
            var path = ContextPath.TryParse(text) ?? ContextPath.TryParse(text[..Math.Max(0, text.IndexOf('.', StringComparison.Ordinal))]);
            if (path is null || to.Count >= MaxPaths)
            {
                everything = true; // a place without a path of its own cannot be hidden alone
            }
            else if (to.TrueForAll(known => known.Text != path.Text))
            {
                to.Add(path);
            }
        }
    }

    /// <summary>Returns the places to which a template copies secrets.</summary>
    private static IEnumerable<string> Flow(ValueTemplate template, string place, IReadOnlyList<ContextPath> secrets, JsonObject context)
    {
        switch (template)
        {
            case ValueTemplate.Text { Template: var text }:
                return text.IsOnePath
                    ? text.Paths.SelectMany(copied => secrets.Select(secret => secret.Below(place, copied)).OfType<string>())
                    : HasUnfindable(text, secrets, context) ? [place] : [];
            case ValueTemplate.Members members:
                return members.Values.SelectMany(member => ContextPath.TryParse(member.Name) is { } name && name.Text == name.Root
                    ? Flow(member.Value, $"{place}.{member.Name}", secrets, context)
                    : Flow(member.Value, place, secrets, context).Select(_ => place));
            case ValueTemplate.Items items:
                return items.Values.SelectMany((item, index) => Flow(item, FormattableString.Invariant($"{place}.{index}"), secrets, context));
            default:
                return [];
        }
    }

    /// <summary>
    /// Returns whether a text contains a secret that is too short to be searched for. The whole text is then hidden.
    /// </summary>
    private static bool HasUnfindable(Template text, IReadOnlyList<ContextPath> secrets, JsonObject context) =>
        text.Paths.Any(copied => secrets.Any(secret => secret.Below("", copied) is not null
            && SecretMask.ValuesAt([secret], context).Any(value => !SecretTexts.IsFindable(value))));
}
