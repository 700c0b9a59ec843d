using System.Text.Json.Serialization;

namespace HumanTasks.Core.Tasks;

/// <summary>Where a human task stands. Everything but <see cref="Pending"/> is final.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Pending), "pending")]
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

    [JsonIgnore]
    public TaskStatus Status => this switch
    {
        Pending => TaskStatus.Pending,
        Completed => TaskStatus.Completed,
        Rejected => TaskStatus.Rejected,
        Cancelled => TaskStatus.Cancelled,
        Expired => TaskStatus.Expired,
        _ => throw new InvalidOperationException($"Unknown state {GetType().Name}."),
    };

    public sealed record Pending : TaskState;

    public sealed record Completed : TaskState;

    public sealed record Rejected(string? By, string? Reason) : TaskState;

    public sealed record Cancelled(string? Reason) : TaskState;

    public sealed record Expired : TaskState;
}

/// <summary>The name of a <see cref="TaskState"/>, for lists and queries.</summary>
public enum TaskStatus
{
    Pending,
    Completed,
    Rejected,
    Cancelled,
    Expired,
}
