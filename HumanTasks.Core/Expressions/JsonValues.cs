using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Expressions;

/// <summary>What a JSON value means when it is compared with another or put into a text.</summary>
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

    /// <summary>Whether there is nothing in a value: null, a text without anything to see, or an empty list.</summary>
    public static bool IsEmpty(JsonNode? node) =>
        node is null or JsonArray { Count: 0 } || (TryText(node, out var text) && BlankText.Is(text));

    /// <summary>
    /// Equal as JSON: numbers by value (1 equals 1.0), moments with an offset as moments, other texts ordinally, lists and objects
    /// by their parts.
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

    /// <summary>Which of two is greater: numbers by value, moments with an offset as moments, other texts ordinally; null for others.</summary>
    public static int? Compare(JsonNode? left, JsonNode? right) =>
        left is JsonValue one && right is JsonValue other && IsNumber(one) && IsNumber(other) ? CompareNumbers(one, other)
        : InstantOf(left) is { } moment && InstantOf(right) is { } later ? moment.CompareTo(later)
        : TryText(left, out var text) && TryText(right, out var second) ? string.CompareOrdinal(text, second)
        : null;

    private static DateTime? InstantOf(JsonNode? node) => TryText(node, out var text) ? Instants.TryRead(text) : null;

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    // what is beyond a decimal, as a server may answer it, is compared as far as a double holds it, and by its sign beyond that
    private static int CompareNumbers(JsonValue left, JsonValue right) =>
        TryNumber(left, out var a) && TryNumber(right, out var b) ? a.CompareTo(b) : AsDouble(left).CompareTo(AsDouble(right));

    private static double AsDouble(JsonValue value) => double.Parse(
        value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The value inside a text: texts as they are, null as nothing, everything else as JSON.</summary>
    public static string Format(JsonNode? node) => node switch
    {
        null => "",
        _ when TryText(node, out var text) => text,
        _ => node.ToJsonString(Readable),
    };

    // for people to read, never for a page: whoever makes markup of it escapes it as the text that it is
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
