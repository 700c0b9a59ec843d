using System.Text.Json.Nodes;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// What templates see: a run's context and its links. Links are computed and never part of the context, so that nothing
/// stores them. A path that leads nowhere is noted in <see cref="Missing"/>; whoever renders asks afterwards.
/// </summary>
/// <param name="context">Of the run.</param>
/// <param name="link">The link under a context key.</param>
/// <param name="secrets">Secrets of the configuration by name, where what is rendered is sent at once and stored nowhere.</param>
public sealed class Scope(JsonObject context, Func<string, string?>? link = null, IReadOnlyDictionary<string, string>? secrets = null)
{
    /// <summary>How much templates may bring together, in characters: a value may double with every action otherwise.</summary>
    public const int MaxSize = 2 * 1024 * 1024;

    /// <summary>How deep a value may be nested: what is stored must stay shallow enough to be written as JSON.</summary>
    public const int MaxDepth = 40;

    private readonly List<string> missing = [];
    private int size;

    public IReadOnlyList<string> Missing => missing;

    /// <summary>True when a template asked for more than <see cref="MaxSize"/> or <see cref="MaxDepth"/> allow.</summary>
    public bool IsTooLarge { get; private set; }

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
            IsTooLarge = IsTooLarge || !Fits(value, 0);
            return IsTooLarge ? null : value;
        }

        if (!optional)
        {
            missing.Add(path.Text);
        }

        return null;
    }

    private bool Fits(JsonNode? value, int depth)
    {
        size += JsonValues.TryText(value, out var text) ? text.Length + 2 : 8;
        return size <= MaxSize && depth <= MaxDepth && value switch
        {
            JsonObject members => members.All(member => Fits(member.Key, 0) && Fits(member.Value, depth + 1)),
            JsonArray items => items.All(item => Fits(item, depth + 1)),
            _ => true,
        };
    }
}
