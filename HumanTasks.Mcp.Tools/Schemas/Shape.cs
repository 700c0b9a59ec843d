using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>A schema with its references resolved, its parts merged, and null removed from its alternatives.</summary>
internal sealed class Shape(string pointer)
{
    /// <summary>The location for problems with this shape.</summary>
    public string Pointer => pointer;

    /// <summary>string, number, integer, boolean, array or object; null if the schema leaves it open.</summary>
    public string? Type { get; set; }

    /// <summary>Whether null is a valid answer.</summary>
    public bool Nullable { get; set; }

    /// <summary>The values of an enumeration; null if the values are not listed.</summary>
    public IReadOnlyList<Choice>? Choices { get; set; }

    /// <summary>Whether there is only one valid value.</summary>
    public bool IsConstant { get; set; }

    /// <summary>The keywords kept as written: titles, limits, a default.</summary>
    public Dictionary<string, JsonNode?> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>The properties by name, in their original order; several schemas of one name apply together.</summary>
    public List<(string Name, List<Located> Schemas)> Properties { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas of a list's entries; several apply together.</summary>
    public List<Located> Items { get; } = [];

    public string? Text(string word) => Words.GetValueOrDefault(word) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public decimal? Number(string word) => NumberOf(Words.GetValueOrDefault(word));

    public bool IsTrue(string word) => Words.GetValueOrDefault(word) is JsonValue value && value.TryGetValue(out bool yes) && yes;

    /// <summary>
    /// Returns a number in the range of a decimal, the range that a person can answer in; null otherwise.
    /// </summary>
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
