using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Web.Settings;

namespace HumanTasks.Web.Security;

/// <summary>
/// The API keys of this deployment. Only their SHA-256 is configured, which is safe because a key has 256 random bits.
/// </summary>
public sealed class ApiKeys
{
    /// <summary>The prefix of every key.</summary>
    public const string Prefix = "ht_";

    /// <summary>The name of an API key in activities and logs, followed by the key's own name if it has one.</summary>
    public const string Actor = "API key";

    private const int OnStack = 256;

    private readonly Dictionary<string, ClaimsPrincipal> byHash;
    private readonly Dictionary<string, ClaimsPrincipal>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public ApiKeys(IEnumerable<ApiKeyOptions> keys)
    {
        byHash = keys.ToDictionary(key => key.Hash, CallerOf, StringComparer.OrdinalIgnoreCase);
        lookup = byHash.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Returns the caller with this key, the same object each time, or null for an unknown key.</summary>
    public ClaimsPrincipal? Find(ReadOnlySpan<char> key)
    {
        // looked up by a hash that the sender cannot control, so the time it takes reveals nothing about any key
        Span<char> hash = stackalloc char[2 * SHA256.HashSizeInBytes];
        WriteHash(key, hash);
        return lookup.TryGetValue(hash, out var caller) ? caller : null;
    }

    public static string New() =>
        Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string key) =>
        string.Create(2 * SHA256.HashSizeInBytes, key, static (hash, key) => WriteHash(key, hash));

    private static void WriteHash(ReadOnlySpan<char> key, Span<char> hash)
    {
        var size = Encoding.UTF8.GetMaxByteCount(key.Length);
        var bytes = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], digest);
        Convert.TryToHexStringLower(digest, hash, out _);
    }

    private static ClaimsPrincipal CallerOf(ApiKeyOptions key) => new(new ClaimsIdentity(
        [
            new Claim(Claims.Environment, key.Environment),
            new Claim(Claims.Actor, string.IsNullOrWhiteSpace(key.Name) ? Actor : $"{Actor} {key.Name}"),
            .. key.Scopes.Select(scope => new Claim(Claims.Scope, scope)),
        ],
        ApiKeyAuthentication.SchemeName));
}
