using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Core.Runs;

/// <summary>Where a run stands. A member exists only in the state in which it is true.</summary>
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

    /// <summary>When a run that came to this state at a moment wants its next turn; null when it wants none.</summary>
    public DateTimeOffset? WakeAfter(DateTimeOffset updatedAt) => this switch
    {
        Running { Retry: { } retry } => retry.Until,
        Running => updatedAt,
        Paused paused => paused.WakeAt,
        _ => null,
    };

    /// <summary>Accepted, and waits for its environment's allowance.</summary>
    public sealed record Queued(string Reason) : RunState;

    /// <param name="Retry">Set while the current action waits to be tried again.</param>
    public sealed record Running(RetryWait? Retry = null) : RunState;

    /// <summary>Waits for a person until a moment.</summary>
    /// <param name="TaskId">The task that asks.</param>
    /// <param name="Until">The first moment at which an answer is too late.</param>
    /// <param name="Notice">The only notice, of runs from before there could be several.</param>
    public sealed record Paused(string TaskId, DateTimeOffset Until, Notice? Notice = null) : RunState
    {
        /// <summary>What is to happen while it waits, each in its time; null for nothing.</summary>
        public IReadOnlyList<Notice>? Notices { get; init; }

        /// <summary>The same, wherever it is kept.</summary>
        [JsonIgnore]
        public IEnumerable<Notice> Plan => Notice is { } first ? [first, .. Notices ?? []] : Notices ?? [];

        /// <summary>When the run wants its next turn.</summary>
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

    /// <summary>Stands at the failed action and can be retried from there.</summary>
    public sealed record Failed(RunError Error) : RunState
    {
        /// <summary>Where the run stood when its turn met an exception; null when the action itself failed, or when it cannot be read.</summary>
        public RunState? Before { get; init; }

        /// <summary>Whether an exception that nobody expects ended the run, and not its rule set.</summary>
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

/// <summary>Why a run failed.</summary>
/// <param name="Action">The action at which it stands.</param>
/// <param name="Message">What went wrong, without secrets.</param>
/// <param name="Attempts">How often the action was tried.</param>
public sealed record RunError(string Action, string Message, int Attempts)
{
    /// <summary>The member of the action that is wrong, as a JSON pointer into the action; null where it is none in particular.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }

    /// <summary>Where the log has what went wrong; null when <see cref="Message"/> says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CorrelationId { get; init; }
}

/// <summary>Something that a waiting run is to tell or to do, in a turn of its own.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Number">
/// The version of the task that caused it, or a number below 0 for what was planned when the task was made: the same for every
/// attempt at the same mail.
/// </param>
/// <param name="At">When it is to be sent, or tried again.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record Notice(NoticeKind Kind, int Number, DateTimeOffset At, int Attempts = 0)
{
    /// <summary>The seat to which it goes; null for all of a task's, of which there may be one.</summary>
    public int? Seat { get; init; }

    /// <summary>The address to which it goes instead.</summary>
    public string? To { get; init; }

    /// <summary>The channel in which it is announced instead.</summary>
    public string? Channel { get; init; }

    /// <summary>When the first attempt at it failed; null before that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>What somebody wrote to go with it.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it goes to one seat, address or channel, and not to everybody whom it concerns.</summary>
    [JsonIgnore]
    public bool IsAddressed => Seat is not null || To is not null || Channel is not null;

    /// <summary>The same for every attempt at the same mail.</summary>
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

    /// <summary>Handed over by the assignee.</summary>
    Delegated,

    /// <summary>Overdue, and now somebody else's.</summary>
    Escalated,

    /// <summary>To whoever is told of that.</summary>
    Overdue,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>To whoever asked for the outcome.</summary>
    Outcome,
}

/// <summary>The pause before another attempt of the current action.</summary>
public sealed record RetryWait(DateTimeOffset Until, string Message, int Attempts)
{
    /// <summary>When the first of the failed attempts was made; null for waits from before this was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}
