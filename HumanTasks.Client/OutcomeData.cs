using System.Text.Json.Nodes;

namespace HumanTasks.Client;

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
