using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Forms;

/// <summary>
/// Which texts are addresses that mail can be sent to: a local part and a domain name (RFC 5321, without quoted local
/// parts, routes and address literals), at most 254 characters, no control, format or other invisible character.
/// </summary>
public static partial class EmailAddresses
{
    internal const int MaxLength = 254;

    public static bool Are(string text) =>
        text.Length <= MaxLength && Pattern().IsMatch(text) && text.EnumerateRunes().All(IsVisible) && !IsNumeric(text);

    /// <summary>Whether a character can be seen; half of one and what has no meaning cannot.</summary>
    internal static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // a top-level domain is never all digits (RFC 3696, section 2): what looks so is an IP address
    private static bool IsNumeric(string text) => text[(text.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit);

    [GeneratedRegex(@"\A[^@\s<>()\[\],;:\\""]{1,64}@[^@\s<>()\[\],;:\\"".]{1,63}(\.[^@\s<>()\[\],;:\\"".]{1,63})+\z")]
    private static partial Regex Pattern();
}
