using System.Text.Json;
using HumanTasks.Core.Reading;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>Reads JSON that is unambiguous: valid characters, no duplicate members, nothing after the value.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 128; // the host's own limit for what it signed

    private static readonly JsonDocumentOptions Any = new() { MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions Once = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Returns the value, or the problem as the end of a sentence that begins with the text's name.</summary>
    public static (JsonElement? Root, string? Problem) Read(ReadOnlyMemory<byte> json)
    {
        if (!IsJson(json, Any, out _))
        {
            return (null, "is not JSON");
        }

        if (!WholeText.Is(json.Span))
        {
            return (null, "is not text in UTF-8");
        }

        return IsJson(json, Once, out var root) ? (root, null) : (null, "has a member twice");
    }

    /// <summary>Returns a member that is text; null if it is absent or anything else.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>Returns whether a member is absent, null or text.</summary>
    public static bool MayBeText(this JsonElement element, string name) =>
        !element.TryGetProperty(name, out var member) || member.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    private static bool IsJson(ReadOnlyMemory<byte> json, JsonDocumentOptions options, out JsonElement root)
    {
        try
        {
            using var document = JsonDocument.Parse(json, options);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }
}
