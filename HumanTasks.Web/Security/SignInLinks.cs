using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Security;

/// <summary>Addresses that sign a member in, printed by whoever runs the host: good for ten minutes and one use.</summary>
public sealed class SignInLinks(LinkTokens tokens, IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long an address is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Purpose = "sign-in link";
    private const string Owner = "sign-in-links";
    private const int MaxLength = 800;

    /// <summary>The path that signs somebody in.</summary>
    public static string PathFor(LinkTokens tokens, string address, DateTimeOffset now)
    {
        var until = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(PersonAddress.Written(address)))}.{until}.{nonce}";
        return $"{SessionAuthentication.SignInPath}/link/{text}.{tokens.Mark(Purpose, text)}";
    }

    /// <summary>Whom a link signs in, or null for one that is not ours or whose time is over. Uses nothing up.</summary>
    public string? Read(string link) => Parse(link)?.Address;

    /// <summary>Uses a link up; answers whom it signs in, or null when it is no longer good.</summary>
    public async Task<string?> UseAsync(string link, CancellationToken cancellationToken) =>
        Parse(link) is var (address, nonce, until)
        && await documents.PutAsync(
            new Document(Owner, nonce, ReadOnlyMemory<byte>.Empty, ExpiresAt: until + Lifetime), cancellationToken)
            ? address
            : null;

    private (string Address, string Nonce, DateTimeOffset Until)? Parse(string link)
    {
        if (link.Length > MaxLength || link.Split('.') is not [var encoded, var seconds, var nonce, var mark]
            || !tokens.IsMark(Purpose, $"{encoded}.{seconds}.{nonce}", mark))
        {
            return null;
        }

        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
        return time.GetUtcNow() < until
            ? (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded)), nonce, until)
            : null;
    }
}
