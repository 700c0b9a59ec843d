using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

/// <summary>A run.</summary>
public sealed record Run
{
    public required string Id { get; init; }

    public required string RuleSet { get; init; }

    /// <summary>queued, running, paused, completed, failed, cancelled or expired.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The name of the current action.</summary>
    public string? CurrentAction { get; init; }

    public DateTimeOffset? WaitingUntil { get; init; }

    public JsonObject? Context { get; init; }

    public JsonNode? Output { get; init; }

    public RunFailure? Error { get; init; }

    public string? ContinuedFrom { get; init; }

    public IReadOnlyList<string> Continuations { get; init; } = [];

    public IReadOnlyList<TaskSummary> Tasks { get; init; } = [];

    [JsonIgnore]
    public bool IsOver => Status is "completed" or "failed" or "cancelled" or "expired";
}
