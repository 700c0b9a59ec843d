using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>A schema where it stands.</summary>
/// <param name="Schema">An object, true or false.</param>
/// <param name="Pointer">Into the arguments of the call.</param>
/// <param name="Way">The references that were followed to come here: one of them again is a recursion.</param>
internal sealed record Located(JsonNode? Schema, string Pointer, ImmutableHashSet<string> Way);

/// <summary>A value that may be chosen.</summary>
internal sealed record Choice(JsonNode Value, string Label);

/// <summary>A schema with its references followed, its parts merged, and null taken out of its alternatives.</summary>
internal sealed class Shape(string pointer)
{
    /// <summary>Where it stands, for what is wrong with it.</summary>
    public string Pointer => pointer;

    /// <summary>string, number, integer, boolean, array or object; null where the schema leaves it open.</summary>
    public string? Type { get; set; }

    /// <summary>Whether null is an answer.</summary>
    public bool Nullable { get; set; }

    /// <summary>The values of an enumeration; null for other values than a few.</summary>
    public IReadOnlyList<Choice>? Choices { get; set; }

    /// <summary>The only value that there is.</summary>
    public bool IsConstant { get; set; }

    /// <summary>Keywords that are as they were written: titles, limits, a default.</summary>
    public Dictionary<string, JsonNode?> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>By name, in the order in which they were written; several schemas of one name apply together.</summary>
    public List<(string Name, List<Located> Schemas)> Properties { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>What the entries of a list are; several apply together.</summary>
    public List<Located> Items { get; } = [];

    public string? Text(string word) => Words.GetValueOrDefault(word) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public decimal? Number(string word) => NumberOf(Words.GetValueOrDefault(word));

    public bool IsTrue(string word) => Words.GetValueOrDefault(word) is JsonValue value && value.TryGetValue(out bool yes) && yes;

    /// <summary>A number in the range of a decimal, which is the range of what a person can answer; null for another.</summary>
    public static decimal? NumberOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && decimal.TryParse(
                value.ToJsonString(),
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number)
            ? number
            : null;
}
