using System.Text;
using System.Text.Json;

namespace HumanTasks.Core.Reading;

/// <summary>
/// JSON from outside: valid text, without duplicate members, deep nesting or numbers beyond a decimal.
/// </summary>
public static class StrictJson
{
    /// <summary>The maximum nesting depth. Stored records nest it further.</summary>
    public const int MaxDepth = 32;

    public static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Returns the document, or null with every problem recorded under its pointer.</summary>
    public static JsonElement? Parse(string json, Problems problems)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (!IsWhole(json) || !WholeText.Is(bytes))
        {
            problems.AddShape("", "This text is invalid: it has an unpaired surrogate.");
            return null;
        }

        JsonElement element;
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            element = document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            problems.AddShape("", $"This is not valid JSON: {malformed.Message}");
            return null;
        }

        var before = problems.Count;
        DecimalRange.Check(element, "", problems);
        return problems.Count == before ? element : null;
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
