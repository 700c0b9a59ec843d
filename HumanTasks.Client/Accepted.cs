namespace HumanTasks.Client;

/// <summary>An accepted response.</summary>
public sealed record Accepted(string TaskId, string RunId, string CorrelationId, string ResponseId, int UsesLeft);
