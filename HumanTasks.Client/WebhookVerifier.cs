using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HumanTasks.Client;

/// <summary>
/// A verifier for webhook signatures (standardwebhooks.com): HMAC-SHA256 over ID, timestamp and body, compared in constant
/// time. While a secret is rotated, pass both secrets.
/// </summary>
/// <param name="secrets">
/// The environment's webhook secrets, each as in the configuration: <c>whsec_</c> and base64.
/// </param>
public sealed class WebhookVerifier(params string[] secrets)
{
    private const string Prefix = "whsec_";

    private readonly byte[][] keys = [.. secrets.Select(KeyOf)];

    /// <summary>
    /// The largest accepted difference between the timestamp and the local clock, against replays. Default 5 minutes.
    /// </summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock. Default: the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Returns whether the signature matches and the timestamp is within <see cref="Tolerance"/>.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="signature">
    /// The header <c>webhook-signature</c>: one or more signatures, separated by spaces.
    /// </param>
    /// <param name="body">The request body, byte for byte.</param>
    public bool IsGenuine(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || signature is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((Time.GetUtcNow().ToUnixTimeSeconds() - (double)seconds)) > Tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var genuine = false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var part in signature.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!part.StartsWith("v1,", StringComparison.Ordinal)
                || !Convert.TryFromBase64String(part[3..], given, out var length) || length != given.Length)
            {
                continue;
            }

            foreach (var key in keys)
            {
                genuine |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, signed), given);
            }
        }

        return genuine;
    }

    /// <summary>Reads the body of a verified webhook of version 1.</summary>
    /// <exception cref="JsonException">The body is not a webhook of HumanTasks.</exception>
    public static WebhookEvent Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Default.WebhookEvent) ?? throw new JsonException("The body is empty.");

    /// <summary>Reads the body of a verified webhook of version 2.</summary>
    /// <exception cref="JsonException">The body is not a webhook of version 2.</exception>
    public static WebhookOutcome ReadOutcome(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Default.WebhookOutcome) is { Data: not null } outcome
            ? outcome
            : throw new JsonException("The body has no outcome.");

    private static byte[] KeyOf(string secret) =>
        Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);
}
