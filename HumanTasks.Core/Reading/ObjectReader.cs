using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Reading;

/// <summary>
/// Reads a JSON object member by member and records every problem instead of stopping at the first: a wrong type, a
/// missing member, a value out of bounds and, at <see cref="Finish"/>, each unknown member.
/// </summary>
public sealed partial class ObjectReader
{
    private readonly JsonElement element;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private ObjectReader(JsonElement element, string pointer, Problems problems)
    {
        this.element = element;
        Pointer = pointer;
        Problems = problems;
    }

    public string Pointer { get; }

    public Problems Problems { get; }

    public JsonElement Element => element;

    /// <summary>
    /// Returns a reader over <paramref name="element"/>. If it is not an object, records a problem and returns null.
    /// </summary>
    public static ObjectReader? Open(JsonElement element, string pointer, Problems problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.AddShape(pointer, "Must be an object.");
            return null;
        }

        if (!WholeText.Is(JsonMarshal.GetRawUtf8Value(element)))
        {
            problems.AddShape(pointer, "Must be valid UTF-8 text.");
            return null;
        }

        return new ObjectReader(element, pointer, problems);
    }

    public string At(string member) => JsonPointer.Append(Pointer, member);

    public void Refuse(string member, string message) => Problems.Add(At(member), message);

    /// <summary>Returns the member, or null if it is absent or null.</summary>
    public JsonElement? Any(string member)
    {
        asked.Add(member);
        return element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public string? Text(string member, int maxLength = 1000)
    {
        if (Any(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Problems.AddShape(At(member), "Must be a string.");
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > maxLength && CodePoints.Count(text) > maxLength && !Problems.Resolved)
        {
            Refuse(member, $"Must have at most {Number(maxLength)} characters.");
            return null;
        }

        return text;
    }

    /// <summary>Reads a text for people: one string, or an object with a string per language (BCP 47).</summary>
    /// <param name="member">The name of the member.</param>
    /// <param name="language">
    /// The preferred language; falls back to the fallback language, then to the first text.
    /// </param>
    /// <param name="maxLength">The maximum length of each text.</param>
    public SpokenText? LocalText(string member, string language, int maxLength = 1000)
    {
        if (Any(member) is not { ValueKind: JsonValueKind.Object })
        {
            return Text(member, maxLength) is { } only ? new SpokenText(only, null) : null;
        }

        return Languages.Choose(LocalTexts(member, maxLength), language);
    }

    /// <summary>Reads a member that is an object with one text per language.</summary>
    public IReadOnlyDictionary<string, string> LocalTexts(string member, int maxLength)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        if (Object(member) is not { element: var texts } reader)
        {
            return known;
        }

        // a reader could choose a language whose text was never checked, so models write one text only
        if (Problems.Literal)
        {
            Refuse(member, "Must be a string.");
            return known;
        }

        foreach (var text in texts.EnumerateObject())
        {
            if (Languages.Of(text.Name) is not { } tag)
            {
                reader.Refuse(text.Name, $"Unknown language '{text.Name}'. Use one of: {string.Join(", ", Languages.All)}.");
            }
            else if (reader.Text(text.Name, maxLength) is { } given)
            {
                if (known.ContainsKey(tag) && Problems is { Stored: false, Resolved: false })
                {
                    reader.Refuse(text.Name, $"The language '{tag}' has two texts.");
                }

                known[tag] = given;
            }
        }

        if (known.Count == 0 && !texts.EnumerateObject().Any())
        {
            Refuse(member, "Must have text in at least one language.");
        }

        return known;
    }

    public string RequiredText(string member, int maxLength = 1000)
    {
        if (Any(member) is null)
        {
            Refuse(member, $"'{member}' is required.");
            return "";
        }

        var text = Text(member, maxLength);
        if (text is { } given && (string.IsNullOrWhiteSpace(given) || (Problems is { Stored: false, Resolved: false } && BlankText.Is(given))))
        {
            Refuse(member, $"'{member}' must not be empty.");
        }

        return text ?? "";
    }

    public bool? Flag(string member)
    {
        if (Any(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Problems.AddShape(At(member), "This must be true or false.");
        return null;
    }

    public decimal? Decimal(string member)
    {
        if (Any(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetDecimal(out var number))
            {
                return number;
            }

            Refuse(member, "This number is too large.");
            return null;
        }

        Problems.AddShape(At(member), "This must be a number.");
        return null;
    }

    /// <summary>Reads hours above 0 and up to <paramref name="max"/>; fractions are allowed.</summary>
    public double? Hours(string member, double max = 24 * 366 * 10)
    {
        if (Decimal(member) is not { } number)
        {
            return null;
        }

        if (number > 0 && (double)number <= max)
        {
            return (double)number;
        }

        Refuse(member, $"'{member}' must be greater than 0 and at most {max.ToString(CultureInfo.InvariantCulture)} hours.");
        return null;
    }

    public int? Integer(string member, int min, int max)
    {
        if (Decimal(member) is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Refuse(member, $"'{member}' must be a whole number from {Number(min)} to {Number(max)}.");
        return null;
    }

    public ObjectReader? Object(string member) =>
        Any(member) is { } value ? Open(value, At(member), Problems) : null;

    public ObjectReader? RequiredObject(string member)
    {
        if (Any(member) is { } value)
        {
            return Open(value, At(member), Problems);
        }

        Refuse(member, $"'{member}' is required.");
        return null;
    }

    /// <summary>Returns one of the given words, or <paramref name="fallback"/> if the member is absent.</summary>
    public string OneOf(string member, string fallback, params ReadOnlySpan<string> words)
    {
        if (Text(member) is not { } text)
        {
            return fallback;
        }

        if (words.Contains(text))
        {
            return text;
        }

        Refuse(member, $"'{text}' must be one of: {string.Join(", ", words.ToArray())}.");
        return fallback;
    }

    /// <summary>Records a problem for every member that was not read.</summary>
    public void Finish()
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!asked.Contains(member.Name))
            {
                Problems.AddShape(At(member.Name), $"Unknown member '{member.Name}'.");
            }
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
