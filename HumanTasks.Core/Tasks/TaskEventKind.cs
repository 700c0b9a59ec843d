namespace HumanTasks.Core.Tasks;

public enum TaskEventKind
{
    Created,
    Answered,
    Rejected,
    Cancelled,
    Expired,
    Completed,
    LinkReissued,
    Mailed,
    MailFailed,
    Reassigned,
    Reminded,
    Reopened,
    FetchedByMachine,
    Opened,
    CodeSent,
    WrongCode,
    Verified,
    DraftSaved,
    FollowUp,
    Closed,
    Claimed,
    Released,
    Delegated,
    Escalated,
    Defaulted,
    Posted,

    /// <summary>A planned notice was not sent. The detail gives the reason.</summary>
    MailWithdrawn,
}
