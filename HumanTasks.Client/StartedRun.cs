namespace HumanTasks.Client;

/// <summary>A started run.</summary>
/// <param name="RunId">The ID of the run.</param>
/// <param name="CorrelationId">The ID shared by the run and its related runs.</param>
/// <param name="Status">The status of the run.</param>
/// <param name="Links">The review link of each human intervention in the rule set, by context key.</param>
public sealed record StartedRun(string RunId, string CorrelationId, string Status, IReadOnlyDictionary<string, string> Links);
