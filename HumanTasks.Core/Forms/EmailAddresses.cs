using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Recognizes email addresses that can receive email: a local part and a domain name (RFC 5321, without quoted local
/// parts, routes and address literals), up to 254 characters, without control, format or other invisible characters.
/// </summary>
public static partial class EmailAddresses
{
    internal const int MaxLength = 254;

    public static bool Are(string text) =>
        text.Length <= MaxLength && Pattern().IsMatch(text) && text.EnumerateRunes().All(IsVisible) && !IsNumeric(text);

    /// <summary>
    /// Returns whether a character is visible. Unpaired surrogates and unassigned characters are not.
    /// </summary>
    internal static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // A top-level domain is never all digits (RFC 3696, section 2), so such a domain is an IP address.
    private static bool IsNumeric(string text) => text[(text.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);

    [GeneratedRegex(@"\A[^@\s<>()\[\],;:\\""]{1,64}@[^@\s<>()\[\],;:\\"".]{1,63}(\.[^@\s<>()\[\],;:\\"".]{1,63})+\z")]
    private static partial Regex Pattern();
}
