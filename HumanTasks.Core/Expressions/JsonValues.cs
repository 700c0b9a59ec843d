using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

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

    /// <summary>Equal as JSON: numbers by value (1 equals 1.0), texts ordinally, lists and objects by their parts.</summary>
    public static bool AreEqual(JsonNode? left, JsonNode? right) =>
        TryNumber(left, out var a) && TryNumber(right, out var b) ? a == b : JsonNode.DeepEquals(left, right);

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
