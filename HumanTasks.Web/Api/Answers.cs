using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;

namespace HumanTasks.Web.Api;

/// <summary>A part of a list.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <param name="Name">Of the rule set.</param>
/// <param name="Version">That these contents have.</param>
/// <param name="Hints">What is no problem and may surprise all the same; absent when there is nothing.</param>
public sealed record RuleSetSaved(
    string Name,
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InputError>? Hints);

/// <param name="Cancelled">How many runs were cancelled.</param>
public sealed record RunsCancelled(int Cancelled);

/// <param name="RunId">The new run.</param>
/// <param name="CorrelationId">Given by the caller, or the run's id.</param>
/// <param name="Status">As it stands after its first turn.</param>
/// <param name="Links">Context key to address, for every human intervention of the rule set.</param>
public sealed record RunStarted(
    string RunId, string CorrelationId, string Status, IReadOnlyDictionary<string, string> Links);

public sealed record InterventionCreated(
    string TaskId, string RunId, string CorrelationId, string Link, DateTimeOffset ExpiresAt, int MaxUses);

public sealed record TaskCreated(string TaskId, string RunId, string CorrelationId, string Link);

public sealed record LinkIssued(string Link, DateTimeOffset ExpiresAt);

public sealed record ResponseAccepted(
    string TaskId, string RunId, string CorrelationId, string ResponseId, int UsesLeft);

/// <summary>A run in a list.</summary>
public sealed record RunItem(
    string Id,
    string RuleSet,
    int Version,
    string Status,
    string? StatusReason,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset AvailableUntil,
    DateTimeOffset? WaitingUntil,
    string? ContinuedFrom)
{
    public static RunItem Of(Run run) => new(
        run.Id,
        run.RuleSet,
        run.RuleSetVersion,
        WireNames.Of(run.State.Status),
        WireNames.ReasonOf(run.State),
        run.CorrelationId,
        run.CreatedAt,
        run.UpdatedAt,
        run.AvailableUntil,
        WireNames.WaitingUntil(run.State),
        run.ContinuedFrom);
}

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

/// <param name="By">Who made it happen, where somebody did from outside: the name of an API key.</param>
public sealed record LogItem(
    DateTimeOffset At,
    string? Action,
    string Event,
    string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    string CorrelationId);

/// <summary>A human task in a list.</summary>
public sealed record TaskItem(
    string Id,
    string RunId,
    string Kind,
    string RuleSet,
    string Action,
    string Title,
    string Status,
    string? StatusReason,
    string? Assignee,
    string CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset ExpiresAt,
    int MaxUses,
    int UsesLeft)
{
    public static TaskItem Of(HumanTask task) => new(
        task.Id,
        task.RunId,
        WireNames.Of(task.Kind),
        task.RuleSet,
        task.Action,
        task.Title,
        WireNames.Of(task.State.Status),
        WireNames.ReasonOf(task.State),
        task.Assignee,
        task.CorrelationId,
        task.CreatedAt,
        task.UpdatedAt,
        task.DueAt,
        task.ExpiresAt,
        task.MaxUses,
        task.UsesLeft);
}

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
    IReadOnlyList<TimelineItem> Timeline);

public sealed record RoundAnswer(int Number, DateTimeOffset OpenedAt, JsonElement Form, IReadOnlyList<ResponseAnswer> Responses);

/// <param name="RunId">The run that goes on with this response.</param>
public sealed record ResponseAnswer(
    string Id,
    int Round,
    DateTimeOffset At,
    string? By,
    string Outcome,
    string? Reason,
    JsonObject Values,
    string RunId)
{
    public static ResponseAnswer Of(HumanResponse response) => new(
        response.Id,
        response.Round,
        response.At,
        response.By,
        response.Rejects ? "rejected" : "completed",
        response.Reason,
        response.Values,
        response.ResumedRunId);
}

public sealed record TimelineItem(DateTimeOffset At, string Event, string? By, string? Detail);
