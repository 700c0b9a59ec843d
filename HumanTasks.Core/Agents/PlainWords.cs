using System.Globalization;
using System.Text;

namespace HumanTasks.Core.Agents;

/// <summary>
/// A text as it is read, whatever it is written with: lower case, compatibility forms resolved, without accents and what is
/// invisible, letters that only look like Latin ones as Latin ones.
/// </summary>
internal static class PlainWords
{
    private const string Lookalikes = "аaеeоoрpсcуyхxіiјjѕsԁdνvοoαaρpιiκkłløoßsœoæaıiđdىيةهکكیي";

    private static readonly Dictionary<char, char> Latin = Enumerable.Range(0, Lookalikes.Length / 2)
        .ToDictionary(i => Lookalikes[2 * i], i => Lookalikes[(2 * i) + 1]);

    private const string Digits = "0o1i3e4a5s7t8b@a$s!i|l";

    private static readonly Dictionary<char, char> Letters = Enumerable.Range(0, Digits.Length / 2)
        .ToDictionary(i => Digits[2 * i], i => Digits[(2 * i) + 1]);

    /// <summary>The text, with its punctuation; for patterns as for what they are looked for in.</summary>
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

    /// <summary>The text in each way in which it may be meant: as it is, with digits for letters, with letters set apart.</summary>
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

    /// <summary>P@ssw0rd: digits and signs between letters are the letters that they look like.</summary>
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

    /// <summary>P a s s w o r d, p-i-n: single letters with one sign between them are a word.</summary>
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
