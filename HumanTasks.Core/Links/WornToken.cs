using System.Globalization;

namespace HumanTasks.Core.Links;

/// <summary>
/// The token in what a mail client made of a link: clients take punctuation behind an address for a part of it, and break long
/// ones. A token consists of the characters of base64url, so none of these can belong to it.
/// </summary>
public static class WornToken
{
    private const int MaxLength = 1000; // far beyond any token with what clients add to it

    private static readonly char[] Marks = ['.', ',', ';', ':', '!', '?', ')', '>', ']', '}', '\'', '"', '*', '\u2019', '\u201D', '\u00BB'];

    /// <summary>Returns the text without white space, invisible characters and trailing punctuation.</summary>
    /// <param name="text">The text in place of the token, including percent-encoded characters.</param>
    public static string Clean(string text)
    {
        if (text.Length > MaxLength)
        {
            return text;
        }

        var unescaped = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        return string.Concat(unescaped.Where(character => !IsInvisible(character))).TrimEnd(Marks);
    }

    private static bool IsInvisible(char character) =>
        char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format;
}
