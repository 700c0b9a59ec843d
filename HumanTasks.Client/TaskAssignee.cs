namespace HumanTasks.Client;

/// <summary>One of several assignees or candidates of a task.</summary>
/// <param name="Assignee">The email address.</param>
/// <param name="Status">pending, completed or rejected.</param>
/// <param name="At">The time of the response; null until then.</param>
public sealed record TaskAssignee(string Assignee, string Status, DateTimeOffset? At = null);
