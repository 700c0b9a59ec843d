namespace HumanTasks.Core.Runs;

/// <summary>One thing that happened in a run. Never holds a link, a code or a key.</summary>
/// <param name="At">When.</param>
/// <param name="Action">At which action; null for the run as a whole.</param>
/// <param name="Event">What.</param>
/// <param name="Detail">More about it.</param>
/// <param name="By">Who made it happen, where somebody did from outside.</param>
public sealed record LogLine(DateTimeOffset At, string? Action, RunEvent Event, string? Detail, string? By = null);

public enum RunEvent
{
    Started,
    Continued,
    ActionCompleted,
    ActionFailed,
    RetryScheduled,
    RetryRequested,
    ConditionEvaluated,
    TaskCreated,
    ResponseReceived,
    TaskRejected,
    TaskCancelled,
    TaskExpired,
    ContinuationQueued,
    EmailSent,
    EmailFailed,
    TaskReassigned,
    TaskReminded,
    TaskReopened,
    TaskClaimed,
    TaskReleased,
    TaskDelegated,
    TaskEscalated,
    TaskDefaulted,
    ChannelPosted,
    HttpCalled,
    ModelCalled,
    ModelRefused,
    TaskClosed,
    AllowanceReleased,
    Completed,
    Failed,
    Cancelled,
    Expired,
}
