using System.Globalization;
using System.Text;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>
/// Escapes text for a terminal. Sequences that move the cursor and marks that change the writing direction could make a
/// receipt appear to say something else.
/// </summary>
internal static class Printable
{
    private const int Longest = 200;
    private const int ZeroWidthNonJoiner = 0x200C; // both are needed in Persian and in Indic scripts
    private const int ZeroWidthJoiner = 0x200D;

    public static bool Is(string text) => text.EnumerateRunes().All(rune => !IsControl(rune));

    /// <summary>Returns the text with unprintable characters escaped, and cut if it is long.</summary>
    public static string Of(string text)
    {
        var printed = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (printed.Length >= Longest)
            {
                return printed.Append('…').ToString();
            }

            _ = IsControl(rune)
                ? printed.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}")
                : printed.Append(rune.ToString());
        }

        return printed.ToString();
    }

    private static bool IsControl(Rune rune) => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
