using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

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
