using System.Text;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>
/// The words of a run's name by which it is found: in upper case, each after one space. Without a name it is found by its
/// rule set.
/// </summary>
public static class NameWords
{
    public static string Of(Run run) => Of(run.Title ?? run.RuleSet);

    /// <summary>Returns the words of a text: letters and digits, all else separates them.</summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length + 1);
        var isApart = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                isApart = true;
                continue;
            }

            if (isApart)
            {
                words.Append(' ');
                isApart = false;
            }

            words.Append(Rune.ToUpperInvariant(rune).ToString());
        }

        return words.ToString();
    }

    /// <summary>Returns whether a text's words are in the words of a name, the last one as a beginning.</summary>
    public static bool Begin(string words, string text) =>
        Of(text) is { Length: > 0 } sought && words.Contains(sought, StringComparison.Ordinal);
}
