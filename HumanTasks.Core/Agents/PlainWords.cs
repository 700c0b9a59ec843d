using System.Globalization;
using System.Text;

namespace HumanTasks.Core.Agents;

/// <summary>
/// A text in the form in which people read it: lower case, compatibility forms resolved, without accents or invisible
/// characters, with Latin lookalikes replaced by Latin letters.
/// </summary>
internal static class PlainWords
{
    private const string Lookalikes = "аaеeоoрpсcуyхxіiјjѕsԁdνvοoαaρpιiκkłløoßsœoæaıiđdىيةهکكیي";

    private static readonly Dictionary<char, char> Latin = Enumerable.Range(0, Lookalikes.Length / 2)
        .ToDictionary(i => Lookalikes[2 * i], i => Lookalikes[(2 * i) + 1]);

    private const string Digits = "0o1i3e4a5s7t8b@a$s!i|l";

    private static readonly Dictionary<char, char> Letters = Enumerable.Range(0, Digits.Length / 2)
        .ToDictionary(i => Digits[2 * i], i => Digits[(2 * i) + 1]);

    /// <summary>Returns the plain text with its punctuation. Patterns and searched texts use the same form.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in WholeForm(text))
        {
            if (char.GetUnicodeCategory(character) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && character != 'ـ')
            {
                var lower = char.ToLowerInvariant(character);
                plain.Append(Latin.GetValueOrDefault(lower, lower));
            }
        }

        return plain.ToString();
    }

    /// <summary>
    /// Returns the possible readings of a text: unchanged, with digits read as letters, and with separated letters
    /// joined.
    /// </summary>
    public static IEnumerable<string> Readings(string text)
    {
        var plain = Of(WithoutCamels(text));
        return new[] { plain, WithLetters(plain), Together(plain) }.Distinct(StringComparer.Ordinal);
    }

    private static string WholeForm(string text)
    {
        var whole = Reading.WholeText.Mended(text);
        return whole.Normalize(NormalizationForm.FormKD);
    }

    private static string WithoutCamels(string text)
    {
        var words = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            words.Append(i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]) ? " " : "").Append(text[i] == '_' ? ' ' : text[i]);
        }

        return words.ToString();
    }

    /// <summary>Reads digits and signs next to letters as the letters they resemble: P@ssw0rd.</summary>
    private static string WithLetters(string text)
    {
        var letters = text.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (Letters.TryGetValue(letters[i], out var letter)
                && ((i > 0 && char.IsLetter(letters[i - 1])) || (i + 1 < letters.Length && char.IsLetter(text[i + 1]))))
            {
                letters[i] = letter;
            }
        }

        return new string(letters);
    }

    /// <summary>Joins single letters separated by one sign into a word: P a s s w o r d, p-i-n.</summary>
    private static string Together(string text)
    {
        var together = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            together.Append(text[i]);
            while (IsSingle(text, i) && i + 2 < text.Length && !char.IsLetterOrDigit(text[i + 1]) && IsSingle(text, i + 2))
            {
                i += 2;
                together.Append(text[i]);
            }
        }

        return together.ToString();
    }

    private static bool IsSingle(string text, int at) =>
        char.IsLetter(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]));
}
