using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

/// <summary>The name and version of a saved rule set.</summary>
public sealed record SavedRuleSet(string Name, int Version);

/// <summary>A started run.</summary>
/// <param name="RunId">The ID of the run.</param>
/// <param name="CorrelationId">The ID shared by the run and its related runs.</param>
/// <param name="Status">The status of the run.</param>
/// <param name="Links">The review link of each human intervention in the rule set, by context key.</param>
public sealed record StartedRun(string RunId, string CorrelationId, string Status, IReadOnlyDictionary<string, string> Links);

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

/// <summary>The failure of a run.</summary>
public sealed record RunFailure(string Action, string Message, int Attempts);

/// <summary>A human task in a list.</summary>
public sealed record TaskSummary
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Title { get; init; }

    /// <summary>pending, completed, cancelled, rejected or expired.</summary>
    public required string Status { get; init; }

    public string? Assignee { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The failed email to an assignee; null if no email failed.</summary>
    public MailFailure? Mail { get; init; }
}

/// <summary>A failed email to an assignee of a task.</summary>
/// <param name="State">Always failed.</param>
/// <param name="Since">The time of the first failure.</param>
/// <param name="Error">The reason of the latest failure.</param>
public sealed record MailFailure(string State, DateTimeOffset Since, string Error);

/// <summary>A human task with its responses.</summary>
public sealed record HumanTask
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>pending, completed, cancelled, rejected or expired.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary>The assignee, or all assignees in one text.</summary>
    public string? Assignee { get; init; }

    /// <summary>The assignees or candidates of a task for several people; otherwise empty.</summary>
    public IReadOnlyList<TaskAssignee> Assignees { get; init; } = [];

    /// <summary>The number of assignees who must respond.</summary>
    public int? Need { get; init; }

    /// <summary>The candidate who claimed the task.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Whether the default response was applied because nobody responded.</summary>
    public bool Defaulted { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public int MaxUses { get; init; }

    public int UsesLeft { get; init; }

    /// <summary>The current form.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>The request of the language model that wrote the task; null if no model wrote it.</summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>The responses, oldest first.</summary>
    public IReadOnlyList<Response> Responses { get; init; } = [];

    /// <summary>The failed email to an assignee; null if no email failed.</summary>
    public MailFailure? Mail { get; init; }

    [JsonIgnore]
    public bool IsOver => Status != "pending";
}

/// <summary>One of several assignees or candidates of a task.</summary>
/// <param name="Assignee">The email address.</param>
/// <param name="Status">pending, completed or rejected.</param>
/// <param name="At">The time of the response; null until then.</param>
public sealed record TaskAssignee(string Assignee, string Status, DateTimeOffset? At = null);

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

/// <summary>A request to create an intervention with a public link.</summary>
public sealed record NewIntervention
{
    public string? Title { get; init; }

    /// <summary>Markdown. Templates in it read the context.</summary>
    public string? Description { get; init; }

    /// <summary>The form definition, as described in the guide.</summary>
    public required JsonObject Form { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>The context paths that the page shows.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    /// <summary>The rule set that continues with each response. Set either this or <see cref="Webhook"/>.</summary>
    [JsonIgnore]
    public string? RuleSet { get; init; }

    /// <summary>The https address that receives each response.</summary>
    [JsonIgnore]
    public Uri? Webhook { get; init; }

    /// <summary>
    /// Whether <see cref="Webhook"/> gets every outcome (version 2, <see cref="WebhookOutcome"/>) or responses only.
    /// </summary>
    [JsonIgnore]
    public bool TellsOutcomes { get; init; }

    public double? LinkExpirationHours { get; init; }

    public int? MaxUses { get; init; }

    /// <summary>The language of pages and emails (BCP 47).</summary>
    public string? Language { get; init; }

    public string? CorrelationId { get; init; }
}

/// <summary>
/// A request to create a task. Set one of <see cref="Assignee"/>, <see cref="Assignees"/> and <see cref="Candidates"/>.
/// </summary>
public sealed record NewTask
{
    public required string Title { get; init; }

    /// <summary>Markdown. Templates in it read the context.</summary>
    public string? Description { get; init; }

    /// <summary>The form definition, as described in the guide.</summary>
    public required JsonObject Form { get; init; }

    /// <summary>The assignee's email address. The link is sent to it.</summary>
    public string? Assignee { get; init; }

    /// <summary>The email addresses of several assignees. Each gets their own link and responds once.</summary>
    public IReadOnlyList<string>? Assignees { get; init; }

    /// <summary>The email addresses of the candidates. One of them claims the task.</summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>The number of <see cref="Assignees"/> who must respond: any (the default), all, or a number.</summary>
    public JsonNode? Need { get; init; }

    /// <summary>Whether one rejection rejects the whole task.</summary>
    public bool? Veto { get; init; }

    /// <summary>Context paths of the addresses of people who must not respond (four-eyes rule).</summary>
    public IReadOnlyList<string>? NotSameAs { get; init; }

    /// <summary>The addresses and domains (such as @example.com) to which an assignee may delegate the task.</summary>
    public IReadOnlyList<string>? DelegateTo { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>The context paths that the page shows.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    /// <summary>The https address that receives the response; none by default.</summary>
    [JsonIgnore]
    public Uri? Webhook { get; init; }

    /// <summary>
    /// Whether <see cref="Webhook"/> gets every outcome (version 2, <see cref="WebhookOutcome"/>) or responses only.
    /// </summary>
    [JsonIgnore]
    public bool TellsOutcomes { get; init; }

    public double? DueInHours { get; init; }

    public double? ExpiresInHours { get; init; }

    /// <summary>
    /// The reminders: a list of hours before the due date, or an object with everyHours and beforeDueHours.
    /// </summary>
    public JsonNode? Remind { get; init; }

    /// <summary>
    /// The escalation after the due date: an object with afterHours, to and inform, or a list of them.
    /// </summary>
    public JsonNode? Escalate { get; init; }

    /// <summary>The working hours in which time is counted: days, from, to, timeZone, holidays, counts.</summary>
    public JsonObject? WorkingHours { get; init; }

    /// <summary>The default response when nobody responds: outcome, values, reason.</summary>
    public JsonObject? Default { get; init; }

    /// <summary>The addresses that get the outcome by email.</summary>
    public IReadOnlyList<string>? NotifyOutcome { get; init; }

    /// <summary>The names of the environment's channels that announce the task.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The language of pages and emails (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Whether the task can be rejected; the run then continues. Default false, or true if a model wrote the task.
    /// </summary>
    public bool? AllowReject { get; init; }

    /// <summary>Whether the assignee gets emails about the task. Default true.</summary>
    public bool? Notify { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>
    /// Marks a task that a language model wrote. Templates in it are not resolved, it can't ask for secrets, and its
    /// assignee must be allowed by the environment. Without an assignee it goes to the environment's first owner.
    /// </summary>
    public ModelQuestion? FromModel { get; init; }
}

/// <summary>Additional data of a task that a language model wrote.</summary>
/// <param name="Schema">The JSON Schema of the result that the model expects; stored with the task.</param>
public sealed record ModelQuestion(JsonObject? Schema = null)
{
    /// <summary>Whether to validate the request only. An invalid request is refused with all its errors.</summary>
    public bool? Check { get; init; }
}

/// <summary>A created task or intervention.</summary>
/// <param name="TaskId">The ID of the human task.</param>
/// <param name="RunId">The ID of the waiting run.</param>
/// <param name="CorrelationId">The ID shared by the run and its related runs.</param>
/// <param name="Link">
/// The link to the form. Anyone with an intervention link can respond, so keep it out of logs.
/// </param>
public sealed record Asked(string TaskId, string RunId, string CorrelationId, string Link)
{
    /// <summary>The link of each person by address, if there are several; otherwise null.</summary>
    public IReadOnlyDictionary<string, string>? Links { get; init; }

    /// <summary>The assignee chosen because the model named none; otherwise null.</summary>
    public string? UsualAssignee { get; init; }

    /// <summary>The address of the task in the Studio if the model named no assignee; otherwise null.</summary>
    public string? StudioLink { get; init; }
}

/// <summary>An accepted response.</summary>
public sealed record Accepted(string TaskId, string RunId, string CorrelationId, string ResponseId, int UsesLeft);

/// <summary>A new link to a task. Earlier links are revoked.</summary>
public sealed record FreshLink(string Link, DateTimeOffset ExpiresAt);

/// <summary>A file in a response. <see cref="HumanTasksClient.OpenFileAsync"/> returns its bytes.</summary>
public sealed record AnsweredFile(string FileId, string Name, string ContentType, long Size, string Sha256);

internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedRuleSet))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(HumanTask))]
[JsonSerializable(typeof(NewIntervention))]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(Asked))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(FreshLink))]
[JsonSerializable(typeof(AnsweredFile))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ListPage<JsonObject>), TypeInfoPropertyName = "RuleSets")]
[JsonSerializable(typeof(ListPage<Run>), TypeInfoPropertyName = "Runs")]
[JsonSerializable(typeof(ListPage<TaskSummary>), TypeInfoPropertyName = "TaskSummaries")]
[JsonSerializable(typeof(HumanTasksException.Problem))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(WebhookOutcome))]
internal sealed partial class ClientJson : JsonSerializerContext;
