namespace HumanTasks.Client;

/// <summary>The outcome of a question.</summary>
public enum Outcome
{
    /// <summary>No response yet.</summary>
    Pending,

    Answered,

    /// <summary>The assignee declined.</summary>
    Rejected,

    Expired,

    Cancelled,
}
