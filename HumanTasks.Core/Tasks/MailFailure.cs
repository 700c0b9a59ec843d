namespace HumanTasks.Core.Tasks;

/// <summary>That an assignee could not be emailed. It stays until an email is sent to them or somebody else is assigned.</summary>
/// <param name="Since">When the first email failed.</param>
/// <param name="Error">Why the newest one did, without secrets.</param>
public sealed record MailFailure(DateTimeOffset Since, string Error);
