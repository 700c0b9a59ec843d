using System.Text;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>Values inside addresses: no value ends the part of an address in which it stands.</summary>
internal static partial class AddressValue
{
    private const string Kept = "-._~:/?#@!$&'*+,;=%[]";

    /// <summary>Percent-encoded in UTF-8, all but what RFC 3986 calls unreserved.</summary>
    public static string Encode(string value) => Uri.EscapeDataString(value);

    /// <summary>A host, with or without a port, as it is; anything else encoded, so that it is no path, no query and no user.</summary>
    public static string Host(string value) => HostAndPort().IsMatch(value) ? value : Encode(value);

    /// <summary>One email address with its <c>@</c>; anything else encoded.</summary>
    public static string Mailbox(string value) => Mail().IsMatch(value) ? string.Join('@', value.Split('@').Select(Encode)) : Encode(value);

    /// <summary>Whether a value is an email address that can stand between angle brackets in Markdown.</summary>
    public static bool IsMailbox(string value) => Mail().IsMatch(value);

    /// <summary>Whether a value is an address to which a link may lead.</summary>
    public static bool IsLinkable(string value) => Scheme().IsMatch(value);

    /// <summary>A whole address from which nothing leads out of the place where Markdown has it.</summary>
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

        return Entity().Replace(text.ToString(), "&amp;"); // CommonMark reads the names of characters in addresses, too
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
