using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Masking;

/// <summary>
/// Finds secret values in texts, in one pass per text. A long value is found in any letter case and with any
/// separators, a short value only as a whole word. A value below <see cref="Least"/> is never searched for, because it
/// would match everywhere; only its path hides it.
/// </summary>
internal sealed class SecretTexts
{
    /// <summary>
    /// The minimum weight of a value to search for. Letters and digits count once, characters of scripts without spaces
    /// twice.
    /// </summary>
    private const int Least = 4;

    private const int Long = 8;
    private const char FirstWithoutSpaces = '\u2e80';

    private static readonly char[] Groupings = [',', '.', ' ', '\'', '\u00a0', '\u202f'];

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private static readonly Locale[] Locales = [.. Languages.All.Select(language => Locale.Usual.In(language))];

    private static readonly string[] Common = ["true", "false", "null", "none"];

    private readonly Dictionary<string, List<Needle>> longOnes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Needle>> shortOnes = new(StringComparer.Ordinal);
    private readonly HashSet<string> exactOnes = new(StringComparer.Ordinal);

    /// <param name="values">The values.</param>
    /// <param name="exactly">
    /// Whether to also find the values unchanged and in base64, at any length and inside words.
    /// </param>
    public SecretTexts(IEnumerable<string> values, bool exactly = false)
    {
        foreach (var value in values)
        {
            foreach (var form in IsFindable(value) ? FormsOf(value) : [])
            {
                Add(form, value);
            }

            if (exactly && value.Length > 0)
            {
                exactOnes.Add(value);
                exactOnes.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('='));
            }
        }

        foreach (var list in longOnes.Values.Concat(shortOnes.Values))
        {
            list.Sort(static (one, other) => other.Text.Length - one.Text.Length);
        }
    }

    /// <summary>Returns whether a value is distinctive enough to be searched for.</summary>
    public static bool IsFindable(string value) =>
        WeightOf(value) >= Least && value != Secrets.Hidden && !Common.Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the text with every secret value hidden, or the same instance if there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Receives the values found.</param>
    public string Hide(string text, ISet<string>? found = null)
    {
        if (longOnes.Count == 0 && shortOnes.Count == 0 && exactOnes.Count == 0)
        {
            return text;
        }

        var hidden = new bool[text.Length];
        var any = FindLong(text, hidden, found) | FindShort(text, hidden, found) | FindExact(text, hidden);
        if (!any)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
            {
                shown.Append(text[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                shown.Append(Secrets.Hidden);
            }
        }

        return shown.ToString();
    }

    private bool FindLong(string text, bool[] hidden, ISet<string>? found)
    {
        if (longOnes.Count == 0)
        {
            return false;
        }

        var letters = new char[text.Length];
        var places = new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
            {
                (letters[count], places[count]) = (char.ToLowerInvariant(text[i]), i);
                count++;
            }
        }

        var any = false;
        var lookup = longOnes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + Long <= count; i++)
        {
            var rest = letters.AsSpan(i, count - i);
            if (lookup.TryGetValue(rest[..Long], out var needles) && Starting(needles, rest) is { } needle)
            {
                hidden.AsSpan(places[i]..(places[i + needle.Text.Length - 1] + 1)).Fill(true);
                found?.Add(needle.Value);
                any = true;
                i += needle.Text.Length - 1;
            }
        }

        return any;
    }

    private bool FindShort(string text, bool[] hidden, ISet<string>? found)
    {
        if (shortOnes.Count == 0)
        {
            return false;
        }

        var any = false;
        var lower = text.ToLowerInvariant();
        var lookup = shortOnes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + 2 <= lower.Length; i++)
        {
            if (lookup.TryGetValue(lower.AsSpan(i, 2), out var needles))
            {
                foreach (var needle in needles)
                {
                    var end = i + needle.Text.Length;
                    if (lower.AsSpan(i).StartsWith(needle.Text, StringComparison.Ordinal) && IsEdge(lower, i) && IsEdge(lower, end))
                    {
                        hidden.AsSpan(i..end).Fill(true);
                        found?.Add(needle.Value);
                        any = true;
                        i = end - 1;
                        break;
                    }
                }
            }
        }

        return any;
    }

    private bool FindExact(string text, bool[] hidden)
    {
        var any = false;
        foreach (var value in exactOnes)
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + value.Length, StringComparison.Ordinal))
            {
                hidden.AsSpan(at, value.Length).Fill(true);
                any = true;
            }
        }

        return any;
    }

    private static Needle? Starting(List<Needle> needles, ReadOnlySpan<char> text)
    {
        foreach (var needle in needles)
        {
            if (text.StartsWith(needle.Text, StringComparison.Ordinal))
            {
                return needle;
            }
        }

        return null;
    }

    /// <summary>Returns whether a word starts or ends before the character at a position.</summary>
    private static bool IsEdge(string text, int at) =>
        at <= 0 || at >= text.Length || !IsOfWord(text[at - 1]) || !IsOfWord(text[at])
        || char.IsDigit(text[at - 1]) != char.IsDigit(text[at]); // EUR83.25 splits after EUR, PIN7431X around 7431

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) && character < FirstWithoutSpaces;

    private void Add(string form, string value)
    {
        var letters = string.Concat(form.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        if (letters.Length >= Long)
        {
            Add(longOnes, letters[..Long], new Needle(letters, value));
        }
        else if (form.Trim().ToLowerInvariant() is { Length: >= 2 } whole)
        {
            Add(shortOnes, whole[..2], new Needle(whole, value));
        }
    }

    private static void Add(Dictionary<string, List<Needle>> needles, string key, Needle needle)
    {
        if (!needles.TryGetValue(key, out var list))
        {
            needles[key] = list = [];
        }

        if (!list.Exists(other => other.Text == needle.Text))
        {
            list.Add(needle);
        }
    }

    /// <summary>
    /// Returns the forms in which a value may appear: unchanged, formatted for people, and in Markdown, JSON, HTML and
    /// addresses.
    /// </summary>
    private static IEnumerable<string> FormsOf(string value)
    {
        List<string> forms =
        [
            value,
            Template.Plain(value),
            ForPeople.Format(JsonValue.Create(value), English),
            JsonEncodedText.Encode(value).ToString(),
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(value),
            System.Net.WebUtility.HtmlEncode(value),
        ];
        if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var grouped = ForPeople.Number(number, English);
            forms.AddRange(Groupings.Select(mark => grouped.Replace(',', mark)));
        }

        if (ValueFormat.EachWay(JsonValue.Create(value), Locale.Usual).Any())
        {
            forms.AddRange(Locales.SelectMany(locale => ValueFormat.EachWay(JsonValue.Create(value), locale)));
        }

        return forms.Where(IsFindable).Distinct(StringComparer.Ordinal);
    }

    private static int WeightOf(string text)
    {
        var weight = 0;
        foreach (var character in text)
        {
            weight += !char.IsLetterOrDigit(character) ? 0 : character < FirstWithoutSpaces ? 1 : 2;
        }

        return weight;
    }

    private sealed record Needle(string Text, string Value);
}
