using System.Globalization;
using System.Text;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>The names of uploaded files as they are stored.</summary>
internal static class FileNames
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// Returns the name without a path and without control and invisible characters (which could reverse the text
    /// direction and hide the extension), in NFC, cut to <see cref="MaxLength"/> with its extension kept.
    /// </summary>
    public static string Clean(string? given)
    {
        var name = given ?? "";
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse)
                && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        name = clean.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.') is { Length: > 0 } kept ? kept : "file";
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= 20 } usual ? usual : "";
        var length = MaxLength - extension.Length;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)] + extension;
    }
}
