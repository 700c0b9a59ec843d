namespace HumanTasks.Core.Runs;

/// <summary>One thing that happened in a run. Never holds a link, a code or a key.</summary>
public sealed record LogLine(DateTimeOffset At, string? Action, RunEvent Event, string? Detail);

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
    HttpCalled,
    AllowanceReleased,
    Completed,
    Failed,
    Cancelled,
    Expired,
}
