namespace HumanTasks.Core.Tasks;

/// <summary>The name of a <see cref="TaskState"/>, for lists and queries.</summary>
public enum TaskStatus
{
    Pending,
    Completed,
    Rejected,
    Cancelled,
    Expired,
}
