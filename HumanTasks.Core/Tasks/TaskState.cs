using System.Text.Json.Serialization;

namespace HumanTasks.Core.Tasks;

/// <summary>
/// The state of a human task. Every state except <see cref="Pending"/> and <see cref="Reviewing"/> is final, unless an
/// agent asks a follow-up on a completed task.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Pending), "pending")]
[JsonDerivedType(typeof(Reviewing), "reviewing")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Expired), "expired")]
public abstract record TaskState
{
    private TaskState()
    {
    }

    [JsonIgnore]
    public bool IsPending => this is Pending;

    /// <summary>Whether the default response was applied because nobody responded.</summary>
    [JsonIgnore]
    public bool IsDefaulted => this is Completed { Defaulted: true } or Rejected { Defaulted: true };

    [JsonIgnore]
    public TaskStatus Status => this switch
    {
        Pending or Reviewing => TaskStatus.Pending,
        Completed => TaskStatus.Completed,
        Rejected => TaskStatus.Rejected,
        Cancelled => TaskStatus.Cancelled,
        Expired => TaskStatus.Expired,
        _ => throw new InvalidOperationException($"Unknown state {GetType().Name}."),
    };

    public sealed record Pending : TaskState;

    /// <summary>
    /// A response is stored and the agent reviews it before it is final. No other response is accepted meanwhile.
    /// </summary>
    /// <param name="ResponseId">The ID of the response.</param>
    /// <param name="Since">The time of the response.</param>
    public sealed record Reviewing(string ResponseId, DateTimeOffset Since) : TaskState;

    public sealed record Completed : TaskState
    {
        /// <summary>Whether the default response was applied because nobody responded.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Defaulted { get; init; }
    }

    public sealed record Rejected(string? By, string? Reason) : TaskState
    {
        /// <summary>Whether the default response was applied because nobody responded.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Defaulted { get; init; }
    }

    public sealed record Cancelled(string? Reason) : TaskState;

    public sealed record Expired : TaskState;
}
