using System.Text.Json.Nodes;
using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Api;

/// <summary>A run with everything that belongs to it.</summary>
public sealed record RunAnswer(
    string Id,
    string Environment,
    string RuleSet,
    int Version,
    string Status,
    string? StatusReason,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset AvailableUntil,
    string? CurrentAction,
    DateTimeOffset? WaitingUntil,
    JsonObject Context,
    JsonNode? Output,
    RunError? Error,
    string? ContinuedFrom,
    IReadOnlyList<string> Continuations,
    IReadOnlyList<TaskItem> Tasks);
