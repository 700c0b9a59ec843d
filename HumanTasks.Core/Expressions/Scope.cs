using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// The values that templates can use: a run's context and its links. Links are computed and not part of the context, so
/// they are never stored. Missing paths are recorded in <see cref="Missing"/>, values that do not fit their format in
/// <see cref="Misfits"/>; check both after rendering.
/// </summary>
public sealed class Scope
{
    /// <summary>
    /// The maximum size of all rendered values together, in characters. Without it a value could double with each
    /// action.
    /// </summary>
    public const int MaxSize = 2 * 1024 * 1024;

    /// <summary>
    /// The maximum nesting depth of a value, which keeps stored values shallow enough to be written as JSON.
    /// </summary>
    public const int MaxDepth = 40;

    private readonly JsonObject context;
    private readonly Func<string, string?>? link;
    private readonly IReadOnlyDictionary<string, string>? secrets;
    private readonly Notes notes;

    /// <param name="context">The context of the run.</param>
    /// <param name="link">Returns the link at a context key.</param>
    /// <param name="secrets">
    /// The configured secrets by name. Pass them only if the rendered text is sent at once and never stored.
    /// </param>
    public Scope(JsonObject context, Func<string, string?>? link = null, IReadOnlyDictionary<string, string>? secrets = null)
        : this(context, link, secrets, new Notes())
    {
    }

    private Scope(JsonObject context, Func<string, string?>? link, IReadOnlyDictionary<string, string>? secrets, Notes notes)
    {
        this.context = context;
        this.link = link;
        this.secrets = secrets;
        this.notes = notes;
    }

    /// <summary>The locale for values. Default English and UTC.</summary>
    public Locale Locale { get; init; } = Locale.Usual;

    public IReadOnlyList<string> Missing => notes.Missing;

    /// <summary>The paths of values that do not fit their template's format, each with the format.</summary>
    public IReadOnlyList<(string Path, string Format)> Misfits => notes.Misfits;

    /// <summary>Whether a template exceeded <see cref="MaxSize"/> or <see cref="MaxDepth"/>.</summary>
    public bool IsTooLarge => notes.IsTooLarge;

    /// <summary>Returns the scope for another language or time zone. Both scopes record the same problems.</summary>
    public Scope In(string? language, TimeZoneInfo? zone = null) =>
        new(context, link, secrets, notes) { Locale = Locale.In(language) with { Zone = zone ?? Locale.Zone } };

    /// <summary>Returns the link at a context key, or null if there is none.</summary>
    public string? Link(ContextPath path) => link?.Invoke(path.Text);

    public JsonNode? Find(ContextPath path, bool optional)
    {
        // for compatibility, a context key 'secret' still works for names that the configuration lacks
        if (secrets is not null && SecretPath.NameOf(path) is { } name && secrets.TryGetValue(name, out var secret))
        {
            return JsonValue.Create(secret);
        }

        if (path.TryFind(context, out var value))
        {
            notes.IsTooLarge = notes.IsTooLarge || !Fits(value, 0);
            return notes.IsTooLarge ? null : value;
        }

        if (!optional)
        {
            notes.Missing.Add(path.Text);
        }

        return null;
    }

    internal void Misfit(string path, string format) => notes.Misfits.Add((path, format));

    private bool Fits(JsonNode? value, int depth)
    {
        notes.Size += JsonValues.TryText(value, out var text) ? text.Length + 2 : 8;
        return notes.Size <= MaxSize && depth <= MaxDepth && value switch
        {
            JsonObject members => members.All(member => Fits(member.Key, 0) && Fits(member.Value, depth + 1)),
            JsonArray items => items.All(item => Fits(item, depth + 1)),
            _ => true,
        };
    }

    /// <summary>The problems found while rendering.</summary>
    private sealed class Notes
    {
        public List<string> Missing { get; } = [];

        public List<(string Path, string Format)> Misfits { get; } = [];

        public bool IsTooLarge { get; set; }

        public int Size { get; set; }
    }
}
