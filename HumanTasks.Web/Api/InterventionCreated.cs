namespace HumanTasks.Web.Api;

public sealed record InterventionCreated(
    string TaskId, string RunId, string CorrelationId, string Link, DateTimeOffset ExpiresAt, int MaxUses);
