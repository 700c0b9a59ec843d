using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A page of a list.</summary>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A saved rule set.</summary>
/// <param name="Name">The name of the rule set.</param>
/// <param name="Version">The version with this content.</param>
/// <param name="Hints">Notes that are not problems but may be surprising; absent without any.</param>
public sealed record RuleSetSaved(
    string Name,
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<InputError>? Hints);

/// <summary>A saved rule set.</summary>
public sealed record RuleSetAnswer(
    string Name,
    int Version,
    DateTimeOffset SavedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SavedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Secrets,
    IReadOnlyList<JsonObject> Actions);

/// <summary>Public keys (RFC 7517).</summary>
public sealed record JsonWebKeys(IReadOnlyList<JsonObject> Keys);

/// <summary>The result of cancelling runs.</summary>
/// <param name="Cancelled">The number of cancelled runs.</param>
public sealed record RunsCancelled(int Cancelled);

/// <summary>A started run.</summary>
/// <param name="RunId">The ID of the new run.</param>
/// <param name="CorrelationId">The caller's correlation ID, or the run's ID.</param>
/// <param name="Status">The status after the first turn.</param>
/// <param name="Links">The link of every human intervention of the rule set, by context key.</param>
public sealed record RunStarted(
    string RunId, string CorrelationId, string Status, IReadOnlyDictionary<string, string> Links);

public sealed record InterventionCreated(
    string TaskId, string RunId, string CorrelationId, string Link, DateTimeOffset ExpiresAt, int MaxUses);

/// <param name="Links">The link of each assignee by address, for several assignees; absent for one.</param>
public sealed record TaskCreated(
    string TaskId,
    string RunId,
    string CorrelationId,
    string Link,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Links)
{
    /// <summary>The default assignee, if a model named nobody; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UsualAssignee { get; init; }

    /// <summary>
    /// The address of the task in the Studio for the default assignee, if a model named nobody; absent otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StudioLink { get; init; }
}

public sealed record LinkIssued(
    string Link,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Links);

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

/// <param name="By">Who caused it from outside, such as the name of an API key; absent for the run itself.</param>
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
    int UsesLeft,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClaimedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Defaulted)
{
    /// <summary>The failure to email an assignee; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MailAnswer? Mail { get; init; }

    public static TaskItem Of(HumanTask task) => new(
        task.Id,
        task.RunId,
        WireNames.Of(task.Kind),
        task.RuleSet,
        task.Action,
        task.Question.Title,
        WireNames.Of(task.State.Status),
        WireNames.ReasonOf(task.State),
        task.Asked.Names,
        task.CorrelationId,
        task.History.CreatedAt,
        task.History.UpdatedAt,
        task.Schedule.DueAt,
        task.Schedule.ExpiresAt,
        task.Asked.Uses.Max,
        TaskView.Of(task).UsesLeft,
        (task.Asked as Asked.Several)?.Claimed?.Assignee,
        task.State.IsDefaulted)
    {
        Mail = MailAnswer.Of(task),
    };
}

/// <summary>The failure to email an assignee.</summary>
/// <param name="State"><c>failed</c>.</param>
/// <param name="Since">When the first email to the assignee failed.</param>
/// <param name="Error">Why the most recent one failed.</param>
public sealed record MailAnswer(string State, DateTimeOffset Since, string Error)
{
    public static MailAnswer? Of(HumanTask task) =>
        task.UnsentMail is { } failure ? new MailAnswer("failed", failure.Since, failure.Error) : null;
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

/// <summary>One of several assignees.</summary>
/// <param name="Status">pending, completed or rejected.</param>
/// <param name="At">When they responded.</param>
public sealed record SeatItem(
    string Assignee,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResponseId)
{
    public static SeatItem Of(Seat seat) => new(
        seat.Assignee,
        seat.Answer switch { null => "pending", { Rejects: true } => "rejected", _ => "completed" },
        seat.Answer?.At,
        seat.Answer?.ResponseId);
}

public sealed record RoundAnswer(int Number, DateTimeOffset OpenedAt, JsonElement Form, IReadOnlyList<ResponseAnswer> Responses);

/// <summary>A response to a task.</summary>
/// <param name="Verified">
/// How the responder was verified: <c>link</c>, <c>code</c>, <c>session</c> or <c>apiKey</c>.
/// </param>
/// <param name="RunId">The ID of the run that continues with this response.</param>
public sealed record ResponseAnswer(
    string Id,
    int Round,
    DateTimeOffset At,
    string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Verified,
    string Outcome,
    string? Reason,
    JsonObject Values,
    string RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Defaulted)
{
    public static ResponseAnswer Of(HumanResponse response) => new(
        response.Id,
        response.Round,
        response.At,
        response.By,
        response.Verified?.Word(),
        response.Rejects ? "rejected" : "completed",
        response.Reason,
        response.GivenValues(),
        response.ResumedRunId,
        response.Defaulted);
}

/// <summary>An event of a task's timeline.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="Event">The same under its former name.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, string Event, string? By, string? Detail)
{
    public static TimelineItem Of(TaskEvent happened) =>
        new(happened.At, WireNames.Of(happened.Kind), WireNames.Of(happened.Kind), happened.By, happened.Detail);
}

public sealed record CommentItem(string Id, DateTimeOffset At, string By, string Name, string Text)
{
    public static CommentItem Of(Comment comment) => new(comment.Id, comment.At, comment.By, comment.Name, comment.Text);
}

/// <summary>The number of tasks with each status, counted up to <see cref="Most"/>.</summary>
public sealed record TaskCounts(int All, int Pending, int Completed, int Cancelled, int Rejected, int Expired)
{
    public const int Most = 10_000;

    public static Task<TaskCounts> ReadAsync(IRunStore store, TaskQuery query, CancellationToken cancellationToken) =>
        ReadAsync(store, query, Most, cancellationToken);

    /// <summary>Counts up to another maximum.</summary>
    internal static async Task<TaskCounts> ReadAsync(IRunStore store, TaskQuery query, int most, CancellationToken cancellationToken)
    {
        Core.Tasks.TaskStatus[] statuses =
            [Core.Tasks.TaskStatus.Pending, Core.Tasks.TaskStatus.Completed, Core.Tasks.TaskStatus.Cancelled, Core.Tasks.TaskStatus.Rejected, Core.Tasks.TaskStatus.Expired];
        var counts = await Task.WhenAll(statuses.Select(status =>
            store.CountTasksAsync(query with { Status = status }, most, cancellationToken)));
        return new TaskCounts(Math.Min(counts.Sum(), most), counts[0], counts[1], counts[2], counts[3], counts[4]);
    }
}

/// <summary>The result for one task of a bulk action.</summary>
/// <param name="Status">An HTTP status; 204 for success.</param>
/// <param name="Type">The type of the problem, for a failure.</param>
/// <param name="Detail">Why it failed, as text.</param>
public sealed record BulkItem(
    string Id,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);

public sealed record BulkAnswer(IReadOnlyList<BulkItem> Items);

/// <summary>The caller.</summary>
/// <param name="Address">The member's address; null for an API key.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Environment">The environment of the call.</param>
/// <param name="Role">The member's role there; null for an API key and for a member of other environments only.</param>
/// <param name="Environments">All environments of the member.</param>
/// <param name="Scopes">The scopes of an API key; null for a member.</param>
/// <param name="CsrfToken">The value of the header X-CSRF-Token for changes by a session; null for an API key.</param>
public sealed record MeAnswer(
    string? Address,
    string Name,
    string? Environment,
    string? Role,
    IReadOnlyList<MyEnvironment> Environments,
    IReadOnlyList<string>? Scopes,
    string? CsrfToken);

public sealed record MyEnvironment(string Id, string Name, string Role, bool HumanTasks);

/// <summary>A session of the member.</summary>
/// <param name="IsThis">Whether the call used this session.</param>
public sealed record SessionItem(
    string Id, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt, string How, string Device, bool IsThis);
