namespace HumanTasks.Client.DurableTask;

/// <summary>
/// The input of the activity that asks. It is a plain record because it crosses the boundary of an orchestration.
/// </summary>
public sealed record QuestionToAsk(
    string Title,
    string? Description,
    string Form,
    string? Assignee,
    TimeSpan ExpiresIn,
    string InstanceId,
    string WakeUp,
    string Key,
    bool AllowReject = true);
