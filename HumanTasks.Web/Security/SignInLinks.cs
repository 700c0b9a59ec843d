using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Security;

/// <summary>
/// The links that sign a member in, printed for the operator of the host: valid for 10 minutes and one use.
/// </summary>
public sealed class SignInLinks(LinkTokens tokens, IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long a link is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Purpose = "sign-in link";
    private const string Owner = "sign-in-links";
    private const int MaxLength = 800;

    /// <summary>Returns the path that signs an address in.</summary>
    public static string PathFor(LinkTokens tokens, string address, DateTimeOffset now) => PathOf(LinkFor(tokens, address, now));

    /// <summary>Returns the path of a link.</summary>
    public static string PathOf(string link) => $"{SessionAuthentication.SignInPath}/link/{link}";

    /// <summary>Returns a link that signs an address in, without a path.</summary>
    public static string LinkFor(LinkTokens tokens, string address, DateTimeOffset now)
    {
        var until = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(PersonAddress.Written(address)))}.{until}.{nonce}";
        return $"{text}.{tokens.Mark(Purpose, text)}";
    }

    /// <summary>
    /// Returns the address that a link signs in, or null if it is invalid or expired. Does not use the link up.
    /// </summary>
    public string? Read(string link) => Parse(link)?.Address;

    /// <summary>Returns the address that a link signs in, or null if it is invalid, expired or used. Does not use it up.</summary>
    public async Task<string?> FindAsync(string link, CancellationToken cancellationToken) =>
        Parse(link) is var (address, nonce, _) && await documents.FindAsync(Owner, nonce, cancellationToken) is null ? address : null;

    /// <summary>Uses a link up; returns the address that it signs in, or null when it is no longer valid.</summary>
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
