using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Tasks;

/// <summary>A task for people: an assigned task or a public intervention. A <see cref="TaskView"/> is what one of them sees.</summary>
public sealed record HumanTask
{
    /// <summary>Run ID and action name. An action of a run creates one task, even if its turn is repeated.</summary>
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required string Environment { get; init; }

    public required string RuleSet { get; init; }

    /// <summary>The version of the rule set when the task was created; 0 if it was not saved.</summary>
    public int RuleSetVersion { get; init; }

    public required string Action { get; init; }

    public required TaskKind Kind { get; init; }

    public required string CorrelationId { get; init; }

    public required Question Question { get; init; }

    public required Asked Asked { get; init; }

    public Rights Rights { get; init; } = Rights.ToRespond;

    public required Schedule Schedule { get; init; }

    /// <summary>What continues with each response, instead of this run; null if this run continues.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>The secret values that lists hide from members; null for none.</summary>
    public RunSecrets? Secrets { get; init; }

    public required TaskState State { get; init; }

    public required History History { get; init; }

    /// <summary>
    /// Returns the run that continues with a response: the continuation of a human intervention, otherwise this run.
    /// </summary>
    public string ResumedRunId(string responseId) =>
        Continuation is null ? RunId : Ids.Derive(responseId, "continuation");

    /// <summary>Returns whether an address is that of an assignee.</summary>
    public bool IsAssignedTo(string address) => Asked.Of(address) is not null;

    /// <summary>Returns whether the task is still open at a time, by the clock alone.</summary>
    public bool IsInTime(DateTimeOffset now) => History.NotBefore(now) < Schedule.ExpiresAt;

    /// <summary>The failed email to a person who still has to respond; null if none failed.</summary>
    public MailFailure? UnsentMail => State is TaskState.Pending or TaskState.Expired
        ? Asked.Open.Select(seat => seat.MailFailure).FirstOrDefault(failure => failure is not null)
        : null;

    /// <summary>Returns the task after an email to an assignee was sent or failed.</summary>
    /// <param name="seat">The seat; 0 for the single assignee.</param>
    /// <param name="at">The time.</param>
    /// <param name="error">The reason of the failure; null if the email was sent.</param>
    public HumanTask Mailed(int seat, DateTimeOffset at, string? error) => Asked.Find(seat) is { } one
        ? this with
        {
            Asked = Asked.With(one with { MailFailure = error is null ? null : new MailFailure(one.MailFailure?.Since ?? at, error) }),
        }
        : this;

    /// <summary>The time to respond, set when the task is created, reopened or gets a follow-up.</summary>
    public TimeSpan Life => Schedule.ExpiresAt - (History.Timeline
        .LastOrDefault(happened => happened.Kind is TaskEventKind.Created or TaskEventKind.Reopened or TaskEventKind.FollowUp)?.At
        ?? History.CreatedAt);

    /// <summary>Returns the task with the next version, changed at the given time.</summary>
    public HumanTask Changed(DateTimeOffset at, TaskEventKind kind, string? by = null, string? detail = null) =>
        this with { History = History.After(new TaskEvent(at, kind, by, detail)) };

    /// <summary>Returns the task as the given version, for several changes that are one write.</summary>
    public HumanTask AtVersion(int version) => this with { History = History with { Version = version } };

    /// <summary>Returns the changed task with another activity entry.</summary>
    public HumanTask Noted(DateTimeOffset at, TaskEventKind kind, string detail) =>
        this with { History = History.Noted(new TaskEvent(at, kind, null, detail)) };

    public static string IdOf(string runId, string action) => $"{runId}-{action}";

    /// <summary>Returns the run ID in a task ID, or null if the text is not a task ID.</summary>
    public static string? RunIdOf(string taskId) =>
        taskId.Length > Ids.Length + 1 && taskId[Ids.Length] == '-' && Ids.IsId(taskId.AsSpan(0, Ids.Length))
            ? taskId[..Ids.Length]
            : null;
}
