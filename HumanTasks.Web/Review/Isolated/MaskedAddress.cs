using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>Masks an address so that only its owner recognizes it: a•••@example.com.</summary>
internal static class MaskedAddress
{
    private static readonly string[] Domains = ["gmail.com", "outlook.com", "gmx.de", "web.de", "icloud.com", "yahoo.com"];

    public static string? Of(string? address) =>
        address is not null && EmailAddresses.Are(address)
            ? $"{Rune.GetRuneAt(address, 0)}•••{address[address.LastIndexOf('@')..]}"
            : null;

    /// <summary>Returns a plausible address for an unknown token, always the same one.</summary>
    public static string OfNobody(string token)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return $"{(char)('a' + (hash[0] % 26))}•••@{Domains[hash[1] % Domains.Length]}";
    }
}
