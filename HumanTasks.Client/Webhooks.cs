using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

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

/// <summary>The body of a webhook of version 1: one response.</summary>
/// <param name="CorrelationId">The correlation ID of the run and its related runs.</param>
/// <param name="RunId">The run that created the task.</param>
/// <param name="TaskId">The task.</param>
/// <param name="ResponseId">The ID of the response, the same in every delivery of it.</param>
/// <param name="At">The time at which the response was accepted.</param>
/// <param name="By">The person who responded, if known.</param>
/// <param name="Verified">How the person was verified: link, code, session or apiKey.</param>
/// <param name="Values">The values by field name.</param>
/// <param name="Context">The context of the run, including the values.</param>
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

/// <summary>The body of a webhook of version 2: the outcome of a task.</summary>
/// <param name="Type"><c>task.completed</c>, <c>task.rejected</c>, <c>task.expired</c>, <c>task.cancelled</c> or <c>task.defaulted</c>.</param>
/// <param name="Timestamp">The time of the outcome.</param>
/// <param name="Data">The outcome.</param>
public sealed record WebhookOutcome(string Type, DateTimeOffset Timestamp, OutcomeData Data);

/// <summary>The outcome of a task.</summary>
/// <param name="Outcome">completed, rejected, expired, cancelled or defaulted.</param>
/// <param name="TaskId">The task.</param>
/// <param name="RunId">The run that created the task.</param>
/// <param name="CorrelationId">The correlation ID of the run and its related runs.</param>
/// <param name="Values">The values by field name; empty without a response.</param>
/// <param name="By">The person who responded, if known.</param>
/// <param name="Verified">How the person was verified: link, code, session or apiKey.</param>
/// <param name="Reason">The reason for a rejection, a cancellation or a default response.</param>
/// <param name="Context">The context of the run, including the values.</param>
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
