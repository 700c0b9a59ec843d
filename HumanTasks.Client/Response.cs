using System.Text.Json.Nodes;

namespace HumanTasks.Client;

/// <summary>A response to a task.</summary>
/// <param name="Id">The ID of the response.</param>
/// <param name="At">The time at which it was accepted.</param>
/// <param name="By">The person who responded, if known.</param>
/// <param name="Verified">How the person was verified: link, code, session or apiKey.</param>
/// <param name="Outcome">completed or rejected.</param>
/// <param name="Reason">The reason for a rejection.</param>
/// <param name="Values">The values by field name.</param>
/// <param name="RunId">The run that continues with the response.</param>
public sealed record Response(
    string Id, DateTimeOffset At, string? By, string? Verified, string Outcome, string? Reason, JsonObject Values, string RunId)
{
    /// <summary>Whether this is the default response, applied because nobody responded.</summary>
    public bool Defaulted { get; init; }
}
