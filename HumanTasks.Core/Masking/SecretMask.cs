using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Masking;

/// <summary>
/// Hides the secrets of a run from people who view it: the values at its secret paths, and its secret values wherever
/// they appear. Works on copies and changes nothing.
/// </summary>
public sealed class SecretMask
{
    /// <summary>The first name of paths into an output.</summary>
    internal const string OutputRoot = "output";

    private const int LeastLookup = 8;

    /// <summary>The separator before the values of a response, in what an action saves.</summary>
    private const string Answered = ".values.";

    /// <summary>The form members that people read.</summary>
    private static readonly string[] Read = ["label", "help", "message", "markdown", "consent", "submitLabel", "title", "description"];

    private readonly IReadOnlyList<ContextPath> paths;
    private readonly IReadOnlyList<ContextPath> output;
    private readonly SecretTexts texts;
    private readonly bool everything;

    internal SecretMask(
        IReadOnlyList<ContextPath> paths, IReadOnlyList<ContextPath> output, IEnumerable<string> values, bool everything, bool exactly = false)
    {
        string[] found = [.. values];
        this.paths = paths;
        this.output = output;
        this.everything = everything;
        texts = new SecretTexts(found, exactly);
        IsEmpty = !everything && paths.Count == 0 && output.Count == 0 && found.Length == 0;
    }

    /// <summary>A mask that hides nothing.</summary>
    public static SecretMask None { get; } = new([], [], [], everything: false);

    /// <summary>Whether there is nothing to hide.</summary>
    public bool IsEmpty { get; }

    /// <summary>Returns the mask of a run.</summary>
    /// <param name="run">The run. A run of an earlier release has only the paths of its rule set.</param>
    /// <param name="ruleSet">The rule set that the run executes, if known.</param>
    public static SecretMask Of(Run run, RuleSet? ruleSet)
    {
        var own = ruleSet?.Secrets ?? [];
        if (run.Secrets is null && own.Count == 0)
        {
            return None;
        }

        var isReadable = Secrets.IsReadable(run.Context);
        ContextPath[] paths = [.. own.Concat(Parsed(run.Secrets?.Paths)).DistinctBy(path => path.Text)];
        return new SecretMask(
            paths,
            Parsed(run.Secrets?.Output),
            (run.Secrets?.Values ?? []).Concat(isReadable ? ValuesAt(paths, run.Context) : []),
            run.Secrets?.Everything == true || !isReadable); // secrets cannot be told apart from other values
    }

    /// <summary>Returns the mask of configured secrets, which are hidden everywhere and at any length.</summary>
    internal static SecretMask OfConfigured(IEnumerable<string> values) => new([], [], values, everything: false, exactly: true);

    /// <summary>Returns the mask of a task, for lists.</summary>
    public static SecretMask Of(HumanTask task) =>
        task.Secrets is { } secrets ? new SecretMask([], [], secrets.Values ?? [], secrets.Everything) : None;

    /// <summary>Returns the distinct texts at the paths and below them.</summary>
    internal static IEnumerable<string> ValuesAt(IEnumerable<ContextPath> paths, JsonNode context) =>
        paths.SelectMany(path => path.FindAll(context)).SelectMany(Leaves).Distinct(StringComparer.Ordinal);

    internal static IReadOnlyList<ContextPath> Parsed(IEnumerable<string>? paths) =>
        [.. (paths ?? []).Select(ContextPath.TryParse).OfType<ContextPath>()];

    /// <summary>Returns a context as people who view the run may see it.</summary>
    public JsonObject Context(JsonObject context)
    {
        if (IsEmpty)
        {
            return context;
        }

        var shown = context.DeepClone().AsObject();
        if (!Secrets.IsReadable(shown))
        {
            return [];
        }

        HideAt(paths, shown);
        return (JsonObject)Shown(shown, null)!;
    }

    /// <summary>Returns an output as people who view the run may see it.</summary>
    public JsonNode? Output(JsonNode? value)
    {
        if (IsEmpty || value is null)
        {
            return value;
        }

        var shown = new JsonObject { [OutputRoot] = value.DeepClone() };
        HideAt(output, shown);
        return Shown(shown[OutputRoot], null);
    }

    /// <summary>Returns a value without a known path, with its secrets hidden.</summary>
    internal JsonNode? Value(JsonNode? value) => IsEmpty ? value : Shown(value, null);

    /// <summary>
    /// Returns the values of a response. A secret path covers the field that is merged there and the field that is
    /// saved there.
    /// </summary>
    public JsonObject Answers(JsonObject values)
    {
        if (IsEmpty)
        {
            return values;
        }

        var shown = values.DeepClone().AsObject();
        HideAt([.. paths, .. paths.Select(InAnswer).OfType<ContextPath>()], shown);
        return (JsonObject)Shown(shown, null)!;
    }

    /// <summary>Returns a form with its visible secrets hidden. It stays a valid form.</summary>
    public JsonElement Form(JsonElement form)
    {
        if (IsEmpty || form.ValueKind != JsonValueKind.Object)
        {
            return form;
        }

        var shown = JsonObject.Create(form)!;
        HideInForm(shown);
        return JsonSerializer.SerializeToElement(shown, ValueJson.Default.JsonObject);
    }

    /// <summary>Returns whether a record contains anything to hide.</summary>
    public bool Hides(JsonObject record)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Shown(record, found);
        return everything || found.Count > 0
            || (record["values"] is JsonObject values && paths.Any(path => path.FindAll(values).Any() || InAnswer(path)?.FindAll(values).Any() == true));
    }

    public string Text(string text, ISet<string>? found = null) =>
        everything ? Secrets.Hidden : IsEmpty ? text : texts.Hide(text, found);

    public string? TextOrNull(string? text, ISet<string>? found = null) => text is null ? null : Text(text, found);

    /// <summary>Returns a text with its secrets hidden. JSON objects are masked member by member.</summary>
    public string Json(string text)
    {
        if (IsEmpty || everything)
        {
            return Text(text);
        }

        return StrictJson.Parse(text, []) is { ValueKind: JsonValueKind.Object } whole
            ? JsonValues.Format(Shown(JsonObject.Create(whole), null))
            : Text(text);
    }

    private static ContextPath? InAnswer(ContextPath path) =>
        path.Text.IndexOf(Answered, StringComparison.Ordinal) is var at and > 0 ? ContextPath.TryParse(path.Text[(at + Answered.Length)..]) : null;

    private void HideInForm(JsonNode? node)
    {
        foreach (var item in node as JsonArray ?? [])
        {
            HideInForm(item);
        }

        foreach (var (name, member) in (node as JsonObject)?.ToArray() ?? [])
        {
            if (Read.Contains(name, StringComparer.Ordinal))
            {
                node![name] = Shown(member, null);
            }
            else if (name != "value" || node!["type"] is not { } type)
            {
                HideInForm(member);
            }
            else if (Shown(member, null) is var value && !JsonNode.DeepEquals(value, member))
            {
                node[name] = JsonValues.TryText(type, out var word) && word == "text" ? value : null; // others accept no dots
            }
        }
    }

    private static void HideAt(IReadOnlyList<ContextPath> paths, JsonObject context)
    {
        foreach (var value in paths.SelectMany(path => path.FindAll(context)).Distinct().ToArray())
        {
            if (value.Parent is not null)
            {
                value.ReplaceWith(Secrets.Hidden);
            }
        }
    }

    private JsonNode? Shown(JsonNode? value, ISet<string>? found)
    {
        switch (value)
        {
            case JsonObject members:
                var shown = new JsonObject();
                foreach (var (name, member) in members)
                {
                    shown[NameFor(Text(name, found), name, shown)] = Shown(member, found);
                }

                return shown;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Shown(item, found))]);
            case null:
                return null;
            default:
                var text = JsonValues.Format(value);
                var isText = value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number;
                var hidden = isText || everything ? Text(text, found) : text;
                return hidden == text ? value.DeepClone()
                    : JsonValue.Create(value.GetValueKind() == JsonValueKind.String ? hidden : Secrets.Hidden);
        }
    }

    // Two hidden names must stay two members. Our own records keep their member names even if everything is hidden.
    private string NameFor(string hidden, string name, JsonObject among)
    {
        var wanted = everything ? name : hidden;
        for (var i = 2; among.ContainsKey(wanted); i++)
        {
            wanted = FormattableString.Invariant($"{hidden} {i}");
        }

        return wanted;
    }

    private static IEnumerable<string> Leaves(JsonNode? value) => value switch
    {
        null => [],
        JsonObject members => members.Select(member => member.Key).Where(IsData).Concat(members.SelectMany(member => Leaves(member.Value))),
        JsonArray items => items.SelectMany(Leaves),
        _ => value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? [JsonValues.Format(value)] : [],
    };

    // Keys such as account numbers are data; words such as 'street' are not.
    private static bool IsData(string name) => name.Length >= LeastLookup && name.Any(char.IsDigit);
}
