using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

/// <summary>A rule set that was saved.</summary>
public sealed record SavedRuleSet(string Name, int Version);

/// <summary>A run that was started.</summary>
/// <param name="RunId">Of the run.</param>
/// <param name="CorrelationId">What ties everything together that follows from it.</param>
/// <param name="Status">Of the run.</param>
/// <param name="Links">Context key to link, for every human intervention of the rule set.</param>
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

    /// <summary>The action at which it stands.</summary>
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

/// <summary>Why a run failed.</summary>
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

    /// <summary>That an assignee could not be emailed; null where all were.</summary>
    public MailFailure? Mail { get; init; }
}

/// <summary>That an assignee of a task could not be emailed.</summary>
/// <param name="State">failed.</param>
/// <param name="Since">When the first email failed.</param>
/// <param name="Error">Why the newest one did.</param>
public sealed record MailFailure(string State, DateTimeOffset Since, string Error);

/// <summary>A human task with its answers.</summary>
public sealed record HumanTask
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>pending, completed, cancelled, rejected or expired.</summary>
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary>Where several are asked, all of them in one text.</summary>
    public string? Assignee { get; init; }

    /// <summary>Who is asked where there are several; empty where there is one.</summary>
    public IReadOnlyList<TaskAssignee> Assignees { get; init; } = [];

    /// <summary>How many of them must answer.</summary>
    public int? Need { get; init; }

    /// <summary>The candidate who has it.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Whether nobody answered and silence counts as the answer.</summary>
    public bool Defaulted { get; init; }

    public required string CorrelationId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public int MaxUses { get; init; }

    public int UsesLeft { get; init; }

    /// <summary>The form that is asked now.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>What the model asked for that wrote the question; null where it was not a model.</summary>
    public ModelQuestion? FromModel { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Response> Responses { get; init; } = [];

    /// <summary>That an assignee could not be emailed; null where all were.</summary>
    public MailFailure? Mail { get; init; }

    [JsonIgnore]
    public bool IsOver => Status != "pending";
}

/// <summary>One of several who are asked.</summary>
/// <param name="Assignee">Their address.</param>
/// <param name="Status">pending, completed or rejected.</param>
/// <param name="At">When they answered; null until then.</param>
public sealed record TaskAssignee(string Assignee, string Status, DateTimeOffset? At = null);

/// <summary>What a person answered.</summary>
/// <param name="Id">Of the response.</param>
/// <param name="At">When.</param>
/// <param name="By">Who, where that is known.</param>
/// <param name="Verified">How that is known: link, code, session or apiKey.</param>
/// <param name="Outcome">completed or rejected.</param>
/// <param name="Reason">Of a rejection.</param>
/// <param name="Values">Field name to value.</param>
/// <param name="RunId">The run that goes on with it.</param>
public sealed record Response(
    string Id, DateTimeOffset At, string? By, string? Verified, string Outcome, string? Reason, JsonObject Values, string RunId)
{
    /// <summary>Whether nobody answered and silence counts as this.</summary>
    public bool Defaulted { get; init; }
}

/// <summary>A request to a person by a public link.</summary>
public sealed record NewIntervention
{
    public string? Title { get; init; }

    /// <summary>Markdown, with templates over the context.</summary>
    public string? Description { get; init; }

    /// <summary>The form as in the contract.</summary>
    public required JsonObject Form { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>What of the context the person sees.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    /// <summary>The rule set that goes on with each answer; one of this and <see cref="Webhook"/>.</summary>
    [JsonIgnore]
    public string? RuleSet { get; init; }

    /// <summary>The https address that is called with each answer.</summary>
    [JsonIgnore]
    public Uri? Webhook { get; init; }

    /// <summary>Whether <see cref="Webhook"/> is told of every outcome (version 2: <see cref="WebhookOutcome"/>) and not of answers only.</summary>
    [JsonIgnore]
    public bool TellsOutcomes { get; init; }

    public double? LinkExpirationHours { get; init; }

    public int? MaxUses { get; init; }

    /// <summary>In which people are addressed (BCP 47).</summary>
    public string? Language { get; init; }

    public string? CorrelationId { get; init; }
}

/// <summary>A request to an assignee, or to several: one of <see cref="Assignee"/>, <see cref="Assignees"/> and <see cref="Candidates"/>.</summary>
public sealed record NewTask
{
    public required string Title { get; init; }

    /// <summary>Markdown, with templates over the context.</summary>
    public string? Description { get; init; }

    /// <summary>The form as in the contract.</summary>
    public required JsonObject Form { get; init; }

    /// <summary>An e-mail address, which is mailed the link, or a name.</summary>
    public string? Assignee { get; init; }

    /// <summary>E-mail addresses of several, each of whom gets a link of their own and answers once.</summary>
    public IReadOnlyList<string>? Assignees { get; init; }

    /// <summary>E-mail addresses of several, one of whom takes the task.</summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>How many of <see cref="Assignees"/> must answer: any (the default), all, or a number.</summary>
    public JsonNode? Need { get; init; }

    /// <summary>Whether one rejection of several ends it.</summary>
    public bool? Veto { get; init; }

    /// <summary>Context paths of addresses whose owners may not answer (four eyes).</summary>
    public IReadOnlyList<string>? NotSameAs { get; init; }

    /// <summary>To whom an assignee may hand it: addresses, and domains such as @example.com.</summary>
    public IReadOnlyList<string>? DelegateTo { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>What of the context the person sees.</summary>
    public IReadOnlyList<string>? Show { get; init; }

    /// <summary>The https address that is called with the answer; none by default.</summary>
    [JsonIgnore]
    public Uri? Webhook { get; init; }

    /// <summary>Whether <see cref="Webhook"/> is told of every outcome (version 2: <see cref="WebhookOutcome"/>) and not of answers only.</summary>
    [JsonIgnore]
    public bool TellsOutcomes { get; init; }

    public double? DueInHours { get; init; }

    public double? ExpiresInHours { get; init; }

    /// <summary>Hours before the due date as a list, or everyHours and beforeDueHours.</summary>
    public JsonNode? Remind { get; init; }

    /// <summary>What happens after the due date: afterHours, to, inform; or several of these.</summary>
    public JsonNode? Escalate { get; init; }

    /// <summary>In which time counts: days, from, to, timeZone, holidays, counts.</summary>
    public JsonObject? WorkingHours { get; init; }

    /// <summary>What silence means: outcome, values, reason.</summary>
    public JsonObject? Default { get; init; }

    /// <summary>Who is mailed the outcome.</summary>
    public IReadOnlyList<string>? NotifyOutcome { get; init; }

    /// <summary>The names of the environment's channels in which it is announced.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>In which people are addressed (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>Whether it may be declined and the run goes on with that. Default false; true for a question of a model.</summary>
    public bool? AllowReject { get; init; }

    /// <summary>Whether the assignee is mailed. Default true.</summary>
    public bool? Notify { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>
    /// Says that a language model wrote the question: nothing in it is a template, it asks for no secrets and only people
    /// whom the environment allows, and without an assignee it goes to the environment's first owner.
    /// </summary>
    public ModelQuestion? FromModel { get; init; }
}

/// <summary>A question that a language model wrote.</summary>
/// <param name="Schema">The JSON Schema in which it wants the answer; kept with the task.</param>
public sealed record ModelQuestion(JsonObject? Schema = null)
{
    /// <summary>Only checks the request, which is refused with all that is wrong with it.</summary>
    public bool? Check { get; init; }
}

/// <summary>A person was asked.</summary>
/// <param name="TaskId">Of the human task.</param>
/// <param name="RunId">Of the run that waits.</param>
/// <param name="CorrelationId">What ties everything together that follows from it.</param>
/// <param name="Link">Where to answer: a capability, so keep it out of logs.</param>
public sealed record Asked(string TaskId, string RunId, string CorrelationId, string Link)
{
    /// <summary>Everybody's own where several are asked, by address; null where one is.</summary>
    public IReadOnlyDictionary<string, string>? Links { get; init; }

    /// <summary>Who is asked where a model named nobody; null otherwise.</summary>
    public string? UsualAssignee { get; init; }

    /// <summary>Where it waits in the Studio for who is asked where a model named nobody; null otherwise.</summary>
    public string? StudioLink { get; init; }
}

/// <summary>An accepted response.</summary>
public sealed record Accepted(string TaskId, string RunId, string CorrelationId, string ResponseId, int UsesLeft);

/// <summary>A link that was issued anew; earlier ones are dead.</summary>
public sealed record FreshLink(string Link, DateTimeOffset ExpiresAt);

/// <summary>A file that came with an answer; its bytes are at <see cref="HumanTasksClient.OpenFileAsync"/>.</summary>
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
