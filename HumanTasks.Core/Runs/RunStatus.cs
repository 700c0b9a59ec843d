namespace HumanTasks.Core.Runs;

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
