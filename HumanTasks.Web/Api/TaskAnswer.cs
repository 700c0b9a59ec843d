using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Api;

/// <summary>A human task with its rounds, responses and timeline.</summary>
public sealed record TaskAnswer(
    string Id,
    string RunId,
    string Environment,
    string Kind,
    string RuleSet,
    string Action,
    string Title,
    string? Description,
    string Status,
    string? StatusReason,
    string? Assignee,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset ExpiresAt,
    int MaxUses,
    int UsesLeft,
    bool AllowReject,
    JsonObject Context,
    JsonElement Form,
    IReadOnlyList<RoundAnswer> Rounds,
    IReadOnlyList<ResponseAnswer> Responses,
    IReadOnlyList<TimelineItem> Timeline)
{
    /// <summary>Whether nobody responded and the default response was applied.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Defaulted { get; init; }

    /// <summary>The assignees of a task with several; absent for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SeatItem>? Assignees { get; init; }

    /// <summary>The number of assignees who must respond.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Need { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Veto { get; init; }

    /// <summary>Whether they are candidates, one of whom claims the task.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Candidates { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClaimedBy { get; init; }

    /// <summary>The addresses that may not respond (four eyes).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? NotBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>The failure to email an assignee; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MailAnswer? Mail { get; init; }

    /// <summary>The request of the model that wrote the question; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelQuestion? FromModel { get; init; }
}
