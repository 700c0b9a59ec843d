using System.Text.Json.Nodes;

namespace HumanTasks.Client;

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
