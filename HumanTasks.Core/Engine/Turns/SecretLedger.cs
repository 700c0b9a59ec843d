using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Runs;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Follows a run's secrets through a turn: the paths at which they stand, the values that stood there, and where an action
/// copies them to. What is handed on to another run takes all of it along.
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

    /// <summary>Hides what is known so far.</summary>
    public SecretMask Mask => IsEmpty ? SecretMask.None : new SecretMask(paths, output, values, everything);

    /// <summary>Remembers what stands at the secret paths of a context.</summary>
    public void Note(JsonNode context)
    {
        if (paths.Count > 0 && !Secrets.IsReadable(context))
        {
            everything = true; // of a context that nobody can read nothing is told from the rest
        }
        else if (paths.Count > 0)
        {
            values.UnionWith(SecretMask.ValuesAt(paths, context));
            everything = everything || values.Sum(value => (long)value.Length) > MaxCharacters;
        }
    }

    /// <summary>Follows secrets into what an action puts at a key of the context.</summary>
    public void Copied(ContextPath key, ValueTemplate template, JsonObject context) =>
        Add(paths, Flow(template, key.Text, paths, context));

    /// <summary>Follows secrets into the run's output.</summary>
    public void CopiedToOutput(ValueTemplate template, JsonObject context) =>
        Add(output, Flow(template, SecretMask.OutputRoot, paths, context));

    /// <summary>What another run takes along whose context is made from this one's.</summary>
    /// <param name="context">Of this run.</param>
    /// <param name="template">What makes the other one's context; null where it is a copy.</param>
    public RunSecrets? For(JsonObject context, RuleSets.RuleAction.StartRuleSet template) =>
        Inherited(template.Context is ValueTemplate.Members members
            ? members.Values.SelectMany(member => Flow(member.Value, member.Name, paths, context))
            : []);

    /// <summary>What another run takes along in whose context this one's stands at some places.</summary>
    public RunSecrets? Below(params IEnumerable<string> places) =>
        Inherited(places.SelectMany(place => paths.Select(path => $"{place}.{path.Text}")));

    /// <summary>What another run takes along whose context is a copy of this one's, or has nothing of it.</summary>
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

    /// <summary>What the run's record keeps: values that still stand at their paths are not kept twice.</summary>
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

    /// <summary>A task with what is to be hidden of it in lists.</summary>
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
        foreach (var text in more.ToArray()) // it looks at the very paths that are added to
        {
            var path = ContextPath.TryParse(text) ?? ContextPath.TryParse(text[..Math.Max(0, text.IndexOf('.', StringComparison.Ordinal))]);
            if (path is null || to.Count >= MaxPaths)
            {
                everything = true; // a place that has no path of its own cannot be told from others
            }
            else if (to.TrueForAll(known => known.Text != path.Text))
            {
                to.Add(path);
            }
        }
    }

    /// <summary>The places to which a template copies what is secret.</summary>
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

    /// <summary>Whether a text has a secret in it that is too short to be found by what it is: the whole text is hidden then.</summary>
    private static bool HasUnfindable(Template text, IReadOnlyList<ContextPath> secrets, JsonObject context) =>
        text.Paths.Any(copied => secrets.Any(secret => secret.Below("", copied) is not null
            && SecretMask.ValuesAt([secret], context).Any(value => !SecretTexts.IsFindable(value))));
}
