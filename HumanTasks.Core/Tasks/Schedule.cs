namespace HumanTasks.Core.Tasks;

/// <summary>When a task is due and too late, and what is planned until then.</summary>
/// <param name="ExpiresAt">The time from which responses are too late.</param>
public sealed record Schedule(DateTimeOffset ExpiresAt)
{
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The planned reminders, escalations, notices and default response; null for none.</summary>
    public TaskPlan? Plan { get; init; }
}
