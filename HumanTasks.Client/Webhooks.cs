using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HumanTasks.Client;

/// <summary>
/// Tells whether a webhook is genuine: Standard Webhooks (standardwebhooks.com), HMAC-SHA256 over id, timestamp and body,
/// compared in constant time. While a secret is rotated, both are given.
/// </summary>
/// <param name="secrets">Of the environment, each as it stands in the configuration: <c>whsec_</c> and base64.</param>
public sealed class WebhookVerifier(params string[] secrets)
{
    private const string Prefix = "whsec_";

    private readonly byte[][] keys = [.. secrets.Select(KeyOf)];

    /// <summary>How far the sender's clock may be from ours, so that an old message cannot be sent again. Default five minutes.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether body and headers belong together and are of now.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="signature">The header <c>webhook-signature</c>: one or more, with blanks between.</param>
    /// <param name="body">The bytes as they came.</param>
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

    /// <summary>What a genuine webhook says.</summary>
    /// <exception cref="JsonException">The body is not one of ours.</exception>
    public static WebhookEvent Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Default.WebhookEvent) ?? throw new JsonException("The body is empty.");

    /// <summary>What a genuine webhook of version 2 says.</summary>
    /// <exception cref="JsonException">The body is not one of ours, or of version 1.</exception>
    public static WebhookOutcome ReadOutcome(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Default.WebhookOutcome) is { Data: not null } outcome
            ? outcome
            : throw new JsonException("The body has no outcome in it.");

    private static byte[] KeyOf(string secret) =>
        Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);
}

/// <summary>What an answer brings to the webhook of its continuation.</summary>
/// <param name="CorrelationId">What ties everything together.</param>
/// <param name="RunId">The run that asked.</param>
/// <param name="TaskId">The task that was answered.</param>
/// <param name="ResponseId">The same for every delivery of the same answer.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="By">Who answered, where that is known.</param>
/// <param name="Verified">How that is known: link, code, session or apiKey.</param>
/// <param name="Values">Field name to value.</param>
/// <param name="Context">The run's context with the values in it.</param>
public sealed record WebhookEvent(
    string CorrelationId,
    string RunId,
    string TaskId,
    string ResponseId,
    DateTimeOffset At,
    string? By,
    string? Verified,
    JsonObject Values,
    JsonObject Context);

/// <summary>What became of a task, as it is posted to a webhook of version 2.</summary>
/// <param name="Type"><c>task.completed</c>, <c>task.rejected</c>, <c>task.expired</c>, <c>task.cancelled</c> or <c>task.defaulted</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">The outcome.</param>
public sealed record WebhookOutcome(string Type, DateTimeOffset Timestamp, OutcomeData Data);

/// <summary>The outcome of a task.</summary>
/// <param name="Outcome">completed, rejected, expired, cancelled or defaulted.</param>
/// <param name="TaskId">The task.</param>
/// <param name="RunId">The run that asked.</param>
/// <param name="CorrelationId">What ties everything together.</param>
/// <param name="Values">Field name to value; empty without an answer.</param>
/// <param name="By">Who answered, where that is known.</param>
/// <param name="Verified">How that is known: link, code, session or apiKey.</param>
/// <param name="Reason">Of a rejection, a cancellation or a default.</param>
/// <param name="Context">The run's context with the values in it.</param>
public sealed record OutcomeData(
    string Outcome,
    string TaskId,
    string RunId,
    string CorrelationId,
    JsonObject Values,
    string? By,
    string? Verified,
    string? Reason,
    JsonObject Context);
