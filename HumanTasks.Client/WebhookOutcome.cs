namespace HumanTasks.Client;

/// <summary>The body of a webhook of version 2: the outcome of a task.</summary>
/// <param name="Type"><c>task.completed</c>, <c>task.rejected</c>, <c>task.expired</c>, <c>task.cancelled</c> or <c>task.defaulted</c>.</param>
/// <param name="Timestamp">The time of the outcome.</param>
/// <param name="Data">The outcome.</param>
public sealed record WebhookOutcome(string Type, DateTimeOffset Timestamp, OutcomeData Data);
