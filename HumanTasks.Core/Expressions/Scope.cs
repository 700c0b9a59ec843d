using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// What templates see: a run's context and its links. Links are computed and never part of the context, so that nothing
/// stores them. A path that leads nowhere is noted in <see cref="Missing"/>, a value that does not fit its format in
/// <see cref="Misfits"/>; whoever renders asks afterwards.
/// </summary>
public sealed class Scope
{
    /// <summary>How much templates may bring together, in characters: a value may double with every action otherwise.</summary>
    public const int MaxSize = 2 * 1024 * 1024;

    /// <summary>How deep a value may be nested: what is stored must stay shallow enough to be written as JSON.</summary>
    public const int MaxDepth = 40;

    private readonly JsonObject context;
    private readonly Func<string, string?>? link;
    private readonly IReadOnlyDictionary<string, string>? secrets;
    private readonly Notes notes;

    /// <param name="context">Of the run.</param>
    /// <param name="link">The link under a context key.</param>
    /// <param name="secrets">Secrets of the configuration by name, where what is rendered is sent at once and stored nowhere.</param>
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

    /// <summary>For whom values are written. English and UTC without it.</summary>
    public Locale Locale { get; init; } = Locale.Usual;

    public IReadOnlyList<string> Missing => notes.Missing;

    /// <summary>The paths of values that do not fit the format that their template gives them, each with the format.</summary>
    public IReadOnlyList<(string Path, string Format)> Misfits => notes.Misfits;

    /// <summary>True when a template asked for more than <see cref="MaxSize"/> or <see cref="MaxDepth"/> allow.</summary>
    public bool IsTooLarge => notes.IsTooLarge;

    /// <summary>The same for a text in another language or time zone, with the same notes.</summary>
    public Scope In(string? language, TimeZoneInfo? zone = null) =>
        new(context, link, secrets, notes) { Locale = Locale.In(language) with { Zone = zone ?? Locale.Zone } };

    /// <summary>The link under a context key, or null when the key names none.</summary>
    public string? Link(ContextPath path) => link?.Invoke(path.Text);

    public JsonNode? Find(ContextPath path, bool optional)
    {
        // a key 'secret' of the context is found where the configuration has no such name, as it was before there were any
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

    /// <summary>What was found while rendering.</summary>
    private sealed class Notes
    {
        public List<string> Missing { get; } = [];

        public List<(string Path, string Format)> Misfits { get; } = [];

        public bool IsTooLarge { get; set; }

        public int Size { get; set; }
    }
}
