namespace HumanTasks.Core.Runs;

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
