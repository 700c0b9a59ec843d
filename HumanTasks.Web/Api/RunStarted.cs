namespace HumanTasks.Web.Api;

/// <summary>A started run.</summary>
/// <param name="RunId">The ID of the new run.</param>
/// <param name="CorrelationId">The caller's correlation ID, or the run's ID.</param>
/// <param name="Status">The status after the first turn.</param>
/// <param name="Links">The link of every human intervention of the rule set, by context key.</param>
public sealed record RunStarted(
    string RunId, string CorrelationId, string Status, IReadOnlyDictionary<string, string> Links);
