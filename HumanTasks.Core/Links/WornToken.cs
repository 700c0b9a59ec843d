using System.Globalization;

namespace HumanTasks.Core.Links;

/// <summary>
/// Recovers a token from a link that an email client altered. Clients append the following punctuation to an address
/// and break long addresses. Tokens consist of base64url characters only, so none of these can belong to one.
/// </summary>
public static class WornToken
{
    private const int MaxLength = 1000; // far longer than any token with additions by clients

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
