using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Expressions;

/// <summary>Compares JSON values and formats them for texts.</summary>
public static class JsonValues
{
    public static bool TryNumber(JsonNode? node, out decimal number)
    {
        number = 0;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            return false;
        }

        if (value.TryGetValue(out number))
        {
            return true;
        }

        if (value.TryGetValue(out JsonElement element))
        {
            return element.TryGetDecimal(out number);
        }

        return decimal.TryParse(
            value.ToJsonString(),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out number);
    }

    public static bool TryText(JsonNode? node, out string text)
    {
        text = "";
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return false;
        }

        text = value.GetValue<string>();
        return true;
    }

    /// <summary>Returns whether a value is empty: null, a text without visible characters, or an empty list.</summary>
    public static bool IsEmpty(JsonNode? node) =>
        node is null or JsonArray { Count: 0 } || (TryText(node, out var text) && BlankText.Is(text));

    /// <summary>
    /// Returns whether two values are equal: numbers by value (1 equals 1.0), moments with an offset as moments, other
    /// texts ordinally, lists and objects by their parts.
    /// </summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (JsonObject one, JsonObject other) => one.Count == other.Count
            && one.All(member => other.TryGetPropertyValue(member.Key, out var value) && AreEqual(member.Value, value)),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonValue one, JsonValue other) when IsNumber(one) && IsNumber(other) => CompareNumbers(one, other) == 0,
        (JsonValue one, JsonValue other) when InstantOf(one) is { } moment && InstantOf(other) is { } second => moment == second,
        _ => JsonNode.DeepEquals(left, right),
    };

    /// <summary>
    /// Compares two values: numbers by value, moments with an offset as moments, other texts ordinally. Returns null
    /// for other values.
    /// </summary>
    public static int? Compare(JsonNode? left, JsonNode? right) =>
        left is JsonValue one && right is JsonValue other && IsNumber(one) && IsNumber(other) ? CompareNumbers(one, other)
        : InstantOf(left) is { } moment && InstantOf(right) is { } later ? moment.CompareTo(later)
        : TryText(left, out var text) && TryText(right, out var second) ? string.CompareOrdinal(text, second)
        : null;

    private static DateTime? InstantOf(JsonNode? node) => TryText(node, out var text) ? Instants.TryRead(text) : null;

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    // Servers may return numbers beyond a decimal. They are compared as doubles, and beyond a double by sign.
    private static int CompareNumbers(JsonValue left, JsonValue right) =>
        TryNumber(left, out var a) && TryNumber(right, out var b) ? a.CompareTo(b) : AsDouble(left).CompareTo(AsDouble(right));

    private static double AsDouble(JsonValue value) => double.Parse(
        value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Formats a value for a text: texts unchanged, null as empty, everything else as JSON.</summary>
    public static string Format(JsonNode? node) => node switch
    {
        null => "",
        _ when TryText(node, out var text) => text,
        _ => node.ToJsonString(Readable),
    };

    // For people to read. Pages must still escape it as text.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
