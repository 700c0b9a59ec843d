using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HumanTasks.Core.Forms;

namespace HumanTasks.Core.People;

/// <summary>
/// The one rule for an address that names a person: exactly one email address, without white space and invisible characters
/// around it, in lower case, its domain in ASCII (IDNA by UTS #46). Two texts name the same person when these forms are equal.
/// </summary>
/// <remarks>
/// A local part is never folded. What NFKC would change, such as full-width or circled letters, is refused: it looks like
/// another person's address. <c>localhost</c> is the only domain without a dot; no mail goes there.
/// </remarks>
public static partial class PersonAddress
{
    /// <summary>The most characters of an address (RFC 5321, section 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const string Localhost = "localhost";
    private const string AcePrefix = "xn--";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>The normal form, or null for what is not exactly one address.</summary>
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

    /// <summary>Why a text is not exactly one address; null for one that is.</summary>
    public static string? Problem(string text) =>
        Of(text) is not null ? null
        : Trimmed(text).Length == 0 ? "An email address is required."
        : IsCompatibility(text) ? "The part before the '@' has compatibility characters, such as full-width or circled letters. Use plain letters."
        : "This must be exactly one email address, such as ann@example.com.";

    /// <summary>The normal form; for what is not an address, such as a name that an older build accepted, the text as it is.</summary>
    public static string Written(string text) => Of(text) ?? Older(text.Trim());

    /// <summary>Whether two texts name the same person. Names that older builds accepted are compared letter case aside.</summary>
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
    /// Whether it is certain whom a text names: an address, or what older builds accepted and nobody can take for another
    /// address. What only looks like an address could hide its owner.
    /// </summary>
    public static bool IsCertain(string text) =>
        Of(text) is not null
        || (IsWhole(text) && text.Normalize(NormalizationForm.FormKC) is var folded
            && (!folded.Contains('@', StringComparison.Ordinal) || (folded == text && EmailAddresses.Are(text.Trim()))));

    /// <summary>
    /// Somebody on the machine itself, such as the owner that a first start makes: no mail goes there, they sign in with an
    /// address that the host prints.
    /// </summary>
    public static bool IsLocal(string? text) => Of(text) is { } address && address.EndsWith($"@{Localhost}", StringComparison.Ordinal);

    /// <summary>An entry of a list of those who may be asked: an address, or a domain as <c>@example.com</c>; null for neither.</summary>
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

    /// <summary>Why a text is no entry of a list of those who may be asked; null for one that is.</summary>
    public static string? EntryProblem(string text) =>
        EntryOf(text) is not null ? null
        : IsCompatibility(text) ? Problem(text)
        : "This must be one email address or one domain, such as ann@example.com or @example.com.";

    /// <summary>Whether an entry lets an address through: the same address, or its whole domain. Subdomains are domains of their own.</summary>
    public static bool Allows(string entry, string address) =>
        EntryOf(entry) is { } known && known[0] == '@'
            ? Of(address) is { } whole && whole[whole.LastIndexOf('@')..] == known
            : Same(entry, address);

    /// <summary>How a person may be written in records of this build and of older ones; the normal form first.</summary>
    public static IReadOnlyList<string> FormsOf(string text)
    {
        if (Of(text) is not { } address)
        {
            return [text];
        }

        string[] forms = [address, InUnicode(address), Older(text.Trim())];
        return [.. forms.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How builds before this rule kept an assignee.</summary>
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

    /// <summary>Whether a character stands in an address for itself: none that nobody sees, and no selector of a variant.</summary>
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
                return null; // the mapping has no other way to say that this is no domain name
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
