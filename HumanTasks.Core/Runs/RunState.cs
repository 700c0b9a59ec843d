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
