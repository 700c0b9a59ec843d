using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>The state of a run. A member exists only in the state in which it is true.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Queued), "queued")]
[JsonDerivedType(typeof(Running), "running")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Expired), "expired")]
public abstract record RunState
{
    private RunState()
    {
    }

    [JsonIgnore]
    public bool IsOver => this is Completed or Failed or Cancelled or Expired;

    [JsonIgnore]
    public RunStatus Status => this switch
    {
        Queued => RunStatus.Queued,
        Running => RunStatus.Running,
        Paused => RunStatus.Paused,
        Completed => RunStatus.Completed,
        Failed => RunStatus.Failed,
        Cancelled => RunStatus.Cancelled,
        Expired => RunStatus.Expired,
        _ => throw new InvalidOperationException($"Unknown state {GetType().Name}."),
    };

    /// <summary>
    /// Returns the time of the next turn for a run that entered this state at the given time; null for none.
    /// </summary>
    public DateTimeOffset? WakeAfter(DateTimeOffset updatedAt) => this switch
    {
        Running { Retry: { } retry } => retry.Until,
        Running => updatedAt,
        Paused paused => paused.WakeAt,
        _ => null,
    };

    /// <summary>The run was accepted and waits for its environment's allowance.</summary>
    public sealed record Queued(string Reason) : RunState;

    /// <param name="Retry">The pause before a retry of the current action; null if none is pending.</param>
    public sealed record Running(RetryWait? Retry = null) : RunState;

    /// <summary>The run waits for a person until the given time.</summary>
    /// <param name="TaskId">The task.</param>
    /// <param name="Until">The time from which responses are too late.</param>
    /// <param name="Notice">The only notice of runs that were stored before several were possible.</param>
    public sealed record Paused(string TaskId, DateTimeOffset Until, Notice? Notice = null) : RunState
    {
        /// <summary>The planned notices, each with its time; null for none.</summary>
        public IReadOnlyList<Notice>? Notices { get; init; }

        /// <summary>All planned notices, from either member.</summary>
        [JsonIgnore]
        public IEnumerable<Notice> Plan => Notice is { } first ? [first, .. Notices ?? []] : Notices ?? [];

        /// <summary>The time of the next turn.</summary>
        [JsonIgnore]
        public DateTimeOffset WakeAt => Notice is null && Notices is null ? Until : Plan.Select(notice => notice.At).Append(Until).Min();

        public Paused With(IEnumerable<Notice> notices) => this with
        {
            Notice = null,
            Notices = notices.ToArray() is { Length: > 0 } some ? some : null,
        };

        public Paused And(params IEnumerable<Notice> notices) => With(Plan.Concat(notices));

        public Paused Without(Notice notice) => With(Plan.Where(other => other != notice));
    }

    public sealed record Completed(JsonNode? Output) : RunState;

    /// <summary>The run failed and can be retried from the failed action.</summary>
    public sealed record Failed(RunError Error) : RunState
    {
        /// <summary>
        /// The state in which a turn failed with an exception; null if the action itself failed, or if the state is
        /// unreadable.
        /// </summary>
        public RunState? Before { get; init; }

        /// <summary>Whether an unexpected exception, not the rule set, ended the run.</summary>
        [JsonIgnore]
        public bool IsFault => Error.CorrelationId is not null;
    }

    public sealed record Cancelled(string? Reason) : RunState;

    public sealed record Expired(string Reason) : RunState;
}

/// <summary>The name of a <see cref="RunState"/>, for lists and queries.</summary>
public enum RunStatus
{
    Queued,
    Running,
    Paused,
    Completed,
    Failed,
    Cancelled,
    Expired,
}

/// <summary>The failure of a run.</summary>
/// <param name="Action">The failed action.</param>
/// <param name="Message">The message, without secrets.</param>
/// <param name="Attempts">The number of attempts.</param>
public sealed record RunError(string Action, string Message, int Attempts)
{
    /// <summary>The invalid member as a JSON pointer into the action; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>
    /// The name of the error as in a <c>retry</c>, such as <c>http.status.503</c>; null for an error that no retry can fix.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cause { get; init; }

    /// <summary>The reference to the details in the log; null if <see cref="Message"/> has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CorrelationId { get; init; }
}

/// <summary>A planned notice or step of a waiting run, handled in its own turn.</summary>
/// <param name="Kind">The kind of notice.</param>
/// <param name="Number">
/// The version of the task that caused it, or a negative number for a notice planned when the task was created. It is
/// the same for every attempt at the same email.
/// </param>
/// <param name="At">The time of the next attempt.</param>
/// <param name="Attempts">The number of attempts so far.</param>
public sealed record Notice(NoticeKind Kind, int Number, DateTimeOffset At, int Attempts = 0)
{
    /// <summary>The seat of the recipient; null for all assignees.</summary>
    public int? Seat { get; init; }

    /// <summary>The address of the recipient, instead of a seat.</summary>
    public string? To { get; init; }

    /// <summary>The channel, instead of an email.</summary>
    public string? Channel { get; init; }

    /// <summary>The time of the first failed attempt; null before that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>A note from a person to include.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it goes to a single seat, address or channel.</summary>
    [JsonIgnore]
    public bool IsAddressed => Seat is not null || To is not null || Channel is not null;

    /// <summary>The key of the email, the same for every attempt.</summary>
    public string KeyOf(string taskId) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{taskId}-notice-{Number}{(Seat > 0 ? $"-{Seat}" : "")}{((To ?? Channel) is { } other ? $"-{Kind}-{other}" : "")}");
}

public enum NoticeKind
{
    Assigned,
    Reassigned,
    Reminder,
    FreshLink,
    FollowUp,

    /// <summary>The assignee delegated the task.</summary>
    Delegated,

    /// <summary>The overdue task was escalated to the recipient.</summary>
    Escalated,

    /// <summary>Informs others of the escalation.</summary>
    Overdue,

    /// <summary>The task expired.</summary>
    Expired,

    /// <summary>Sends the outcome to the addresses that requested it.</summary>
    Outcome,
}

/// <summary>The pause before another attempt of the current action.</summary>
public sealed record RetryWait(DateTimeOffset Until, string Message, int Attempts)
{
    /// <summary>The time of the first failed attempt; null for waits stored by older builds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}
