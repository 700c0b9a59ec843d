using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>Encodes values inside addresses, so that no value can leave its part of the address.</summary>
internal static partial class AddressValue
{
    private const string Kept = "-._~:/?#@!$&'*+,;=%[]";

    /// <summary>Percent-encodes a value in UTF-8, except for the unreserved characters of RFC 3986.</summary>
    public static string Encode(string value) => Uri.EscapeDataString(value);

    /// <summary>
    /// Returns a host, with or without a port, as it is. Other values are encoded, so they cannot become a path, query
    /// or user.
    /// </summary>
    public static string Host(string value) => HostAndPort().IsMatch(value) ? value : Encode(value);

    /// <summary>Returns one email address with its <c>@</c>. Other values are encoded.</summary>
    public static string Mailbox(string value) => Mail().IsMatch(value) ? string.Join('@', value.Split('@').Select(Encode)) : Encode(value);

    /// <summary>Returns whether a value is an email address that can be used as a Markdown autolink.</summary>
    public static bool IsMailbox(string value) => Mail().IsMatch(value);

    /// <summary>Returns whether a value is an address that a link may use.</summary>
    public static bool IsLinkable(string value) => Scheme().IsMatch(value);

    /// <summary>Encodes a complete address so that it cannot end its Markdown context.</summary>
    public static string Whole(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.IsAscii && Kept.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append(Encode(rune.ToString()));
            }
        }

        return Entity().Replace(text.ToString(), "&amp;"); // CommonMark reads character entities in addresses, too
    }

    [GeneratedRegex(@"\A(?:[\p{L}\p{N}.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostAndPort();

    [GeneratedRegex(@"\A[A-Za-z0-9._%+'=-]+@[\p{L}\p{N}.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"\A(?:https?://|mailto:)[^\s\p{Cc}]+\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("&(?=#?[A-Za-z0-9]{1,40};)", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
