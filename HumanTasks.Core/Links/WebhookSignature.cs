using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core.Links;

/// <summary>
/// Signs webhook requests by the Standard Webhooks specification (standardwebhooks.com): HMAC-SHA256 over ID, timestamp
/// and body. During a rotation every secret signs.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The minimum length of a secret, in bytes.</summary>
    public const int MinSecretLength = 24;

    private const string Prefix = "whsec_";

    /// <summary>Returns the bytes of a configured secret, or null if it is invalid.</summary>
    public static byte[]? SecretOf(string text)
    {
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && length >= MinSecretLength ? bytes[..length] : null;
    }

    /// <summary>Returns the value of the header <c>webhook-signature</c>.</summary>
    public static string Of(IReadOnlyList<byte[]> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
