namespace HumanTasks.Client;

/// <summary>A failed email to an assignee of a task.</summary>
/// <param name="State">Always failed.</param>
/// <param name="Since">The time of the first failure.</param>
/// <param name="Error">The reason of the latest failure.</param>
public sealed record MailFailure(string State, DateTimeOffset Since, string Error);
