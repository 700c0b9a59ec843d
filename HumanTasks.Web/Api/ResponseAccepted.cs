namespace HumanTasks.Web.Api;

public sealed record ResponseAccepted(
    string TaskId, string RunId, string CorrelationId, string ResponseId, int UsesLeft);
