using System.Security.Cryptography;
using System.Text;
using HumanTasks.Web.Settings;

namespace HumanTasks.Web.Security;

/// <summary>The API keys of this deployment. Only their SHA-256 is known here: a key has 256 random bits of its own.</summary>
public sealed class ApiKeys
{
    /// <summary>What every key starts with.</summary>
    public const string Prefix = "ht_";

    private readonly Dictionary<string, ApiKeyOptions> byHash;

    public ApiKeys(IEnumerable<ApiKeyOptions> keys) =>
        byHash = keys.ToDictionary(key => key.Hash, StringComparer.OrdinalIgnoreCase);

    // looked up by a hash that the sender cannot steer: the time it takes says nothing about any key
    public ApiKeyOptions? Find(string key) => byHash.GetValueOrDefault(HashOf(key));

    public static string New() =>
        Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
