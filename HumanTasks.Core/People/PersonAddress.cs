using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.People;

/// <summary>
/// The rule for addresses that name a person: exactly one email address, without surrounding white space or invisible
/// characters, in lower case, with an ASCII domain (IDNA by UTS #46). Two texts name the same person if their normal
/// forms are equal.
/// </summary>
/// <remarks>
/// The local part is never folded. Characters that NFKC would change, such as full-width or circled letters, are
/// refused, because they imitate another person's address. <c>localhost</c> is the only domain without a dot; no email
/// is sent to it.
/// </remarks>
public static partial class PersonAddress
{
    /// <summary>The maximum length of an address, in characters (RFC 5321, section 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const string Localhost = "localhost";
    private const string AcePrefix = "xn--";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>Returns the normal form, or null if the text is not exactly one address.</summary>
    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var trimmed = Trimmed(text);
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || trimmed.Length > MaxLength || !trimmed.EnumerateRunes().All(IsMeant)
            || !IsLocalPart(trimmed[..at]) || DomainOf(trimmed[(at + 1)..]) is not { } domain)
        {
            return null;
        }

        var address = $"{trimmed[..at].ToLowerInvariant()}@{domain}";
        return domain == Localhost || EmailAddresses.Are(address) ? address : null;
    }

    /// <summary>Returns why a text is not exactly one address; null if it is one.</summary>
    public static string? Problem(string text) =>
        Of(text) is not null ? null
        : Trimmed(text).Length == 0 ? "An email address is required."
        : IsCompatibility(text) ? "The part before '@' has compatibility characters, such as full-width or circled letters. Use plain letters."
        : "This must be exactly one email address, such as ann@example.com.";

    /// <summary>
    /// Returns the normal form. A text that is not an address, such as a name from an older release, is kept as it is.
    /// </summary>
    public static string Written(string text) => Of(text) ?? Older(text.Trim());

    /// <summary>
    /// Returns whether two texts name the same person. Names from older releases are compared case-insensitively.
    /// </summary>
    public static bool Same(string? one, string? other)
    {
        if (one is null || other is null)
        {
            return false;
        }

        var (first, second) = (Of(one), Of(other));
        return first is null && second is null
            ? string.Equals(Trimmed(one), Trimmed(other), StringComparison.OrdinalIgnoreCase)
            : first == second;
    }

    /// <summary>
    /// Returns whether a text identifies one person for certain: an address, or a name from an older release that
    /// cannot be mistaken for another address. A text that only looks like an address could hide its owner.
    /// </summary>
    public static bool IsCertain(string text) =>
        Of(text) is not null
        || (IsWhole(text) && text.Normalize(NormalizationForm.FormKC) is var folded
            && (!folded.Contains('@', StringComparison.Ordinal) || (folded == text && EmailAddresses.Are(text.Trim()))));

    /// <summary>
    /// Returns whether the address is local to the machine, such as that of the owner created at first start. No email
    /// is sent there; the owner signs in with a link that the host prints.
    /// </summary>
    public static bool IsLocal(string? text) => Of(text) is { } address && address.EndsWith($"@{Localhost}", StringComparison.Ordinal);

    /// <summary>
    /// Returns the normal form of an allow-list entry: an address, or a domain such as <c>@example.com</c>. Returns
    /// null for anything else.
    /// </summary>
    public static string? EntryOf(string text)
    {
        var trimmed = Trimmed(text);
        if (trimmed.LastIndexOf('@') > 0)
        {
            return Of(trimmed);
        }

        var isMarked = trimmed.StartsWith('@');
        return Of($"x@{(isMarked ? trimmed[1..] : trimmed)}") is { } inside && (isMarked || !IsLocal(inside)) ? inside[1..] : null;
    }

    /// <summary>Returns why a text is not a valid allow-list entry; null if it is valid.</summary>
    public static string? EntryProblem(string text) =>
        EntryOf(text) is not null ? null
        : IsCompatibility(text) ? Problem(text)
        : "This must be one email address or one domain, such as ann@example.com or @example.com.";

    /// <summary>
    /// Returns whether an entry allows an address: it is the same address, or the address's exact domain. Subdomains
    /// are separate domains.
    /// </summary>
    public static bool Allows(string entry, string address) =>
        EntryOf(entry) is { } known && known[0] == '@'
            ? Of(address) is { } whole && whole[whole.LastIndexOf('@')..] == known
            : Same(entry, address);

    /// <summary>
    /// Returns the forms in which records of this and older releases may contain a person, the normal form first.
    /// </summary>
    public static IReadOnlyList<string> FormsOf(string text)
    {
        if (Of(text) is not { } address)
        {
            return [text];
        }

        string[] forms = [address, InUnicode(address), Older(text.Trim())];
        return [.. forms.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The form in which releases before this rule stored an assignee.</summary>
    private static string Older(string text) => EmailAddresses.Are(text) ? text.ToLowerInvariant() : text;

    private static string Trimmed(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsBlank(text[from]))
        {
            from++;
        }

        while (from < to && IsBlank(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    private static bool IsBlank(char character) =>
        char.IsWhiteSpace(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;

    /// <summary>
    /// Returns whether a character is allowed as it is. Invisible characters and variation selectors are not.
    /// </summary>
    private static bool IsMeant(Rune rune) => EmailAddresses.IsVisible(rune) && rune.Value is not (
        0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF));

    private static bool IsLocalPart(string local) =>
        LocalPart().IsMatch(local)
        && local.IsNormalized(NormalizationForm.FormKC)
        && local.ToLowerInvariant().IsNormalized(NormalizationForm.FormKC);

    private static bool IsCompatibility(string text) =>
        IsWhole(text) && Trimmed(text) is var trimmed && trimmed.LastIndexOf('@') is var at
        && !(at > 0 ? trimmed[..at] : trimmed).IsNormalized(NormalizationForm.FormKC);

    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static string? DomainOf(string domain)
    {
        var ascii = domain.ToLowerInvariant();
        if (!Ascii.IsValid(ascii) || ascii.Contains(AcePrefix, StringComparison.Ordinal))
        {
            try
            {
                ascii = Idn.GetAscii(domain).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                return null; // the mapping reports an invalid domain name only by an exception
            }
        }

        return ascii == Localhost || Domain().IsMatch(ascii) ? ascii : null;
    }

    private static string InUnicode(string address)
    {
        var at = address.LastIndexOf('@') + 1;
        return address.IndexOf(AcePrefix, at, StringComparison.Ordinal) < 0 ? address : address[..at] + Idn.GetUnicode(address[at..]);
    }

    [GeneratedRegex(@"\A(?=.{1,64}\z)[^@\s<>()\[\],;:\\"".]+(\.[^@\s<>()\[\],;:\\"".]+)*\z")]
    private static partial Regex LocalPart();

    [GeneratedRegex(@"\A(?=.{1,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Domain();
}
