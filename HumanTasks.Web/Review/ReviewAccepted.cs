namespace HumanTasks.Web.Review;

/// <summary>An accepted response, with the run that it continues.</summary>
internal sealed record ReviewAccepted(string CorrelationId, string RunId, string ResponseId, int UsesLeft);
