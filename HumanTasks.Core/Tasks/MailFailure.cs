namespace HumanTasks.Core.Tasks;

/// <summary>A failed email to an assignee. It is cleared when an email is sent or the task is reassigned.</summary>
/// <param name="Since">The time of the first failure.</param>
/// <param name="Error">The reason of the latest failure, without secrets.</param>
public sealed record MailFailure(DateTimeOffset Since, string Error);
