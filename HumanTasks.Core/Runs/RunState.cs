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

    /// <summary>Accepted, and waits for its environment's allowance.</summary>
    public sealed record Queued(string Reason) : RunState;

    /// <param name="Retry">Set while the current action waits to be tried again.</param>
    public sealed record Running(RetryWait? Retry = null) : RunState;

    /// <summary>Waits for a person until a moment.</summary>
    /// <param name="TaskId">The task that asks.</param>
    /// <param name="Until">The first moment at which an answer is too late.</param>
    /// <param name="Notice">The mail to the assignee that is still to be sent.</param>
    public sealed record Paused(string TaskId, DateTimeOffset Until, Notice? Notice = null) : RunState
    {
        /// <summary>When the run wants its next turn.</summary>
        [JsonIgnore]
        public DateTimeOffset WakeAt => Notice is { } notice && notice.At < Until ? notice.At : Until;
    }

    public sealed record Completed(JsonNode? Output) : RunState;

    /// <summary>Stands at the failed action and can be retried from there.</summary>
    public sealed record Failed(RunError Error) : RunState;

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
public sealed record RunError(string Action, string Message, int Attempts);

/// <summary>A mail to the assignee of a task, to be sent by a turn of its run.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Number">The version of the task that caused it: the same for every attempt at the same mail.</param>
/// <param name="At">When it is to be sent, or tried again.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record Notice(NoticeKind Kind, int Number, DateTimeOffset At, int Attempts = 0);

public enum NoticeKind
{
    Assigned,
    Reassigned,
    Reminder,
    FreshLink,
    FollowUp,
}

/// <summary>The pause before another attempt of the current action.</summary>
public sealed record RetryWait(DateTimeOffset Until, string Message, int Attempts);
