using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>A query for runs, newest first.</summary>
/// <param name="Environment">The environment, required in every query.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="Cursor">
/// The value of <see cref="Page{T}.Next"/>. A cursor from another list throws <see cref="InvalidCursorException"/>.
/// </param>
/// <param name="Status">Only runs with this status.</param>
/// <param name="RuleSet">Only runs of this rule set.</param>
/// <param name="CorrelationId">Only runs with this correlation ID.</param>
public sealed record RunQuery(
    string Environment,
    int Limit,
    string? Cursor = null,
    RunStatus? Status = null,
    string? RuleSet = null,
    string? CorrelationId = null)
{
    /// <summary>
    /// Only runs whose ID or correlation ID begins with this text, or in whose name a word does; see <see cref="NameWords"/>.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Only runs that were created at this time or later; null for all.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only runs that were created before this time; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Whether to leave out runs that only deliver webhooks and notices for other runs.</summary>
    public bool WithoutInternal { get; init; }

    /// <summary>The names of the rule sets whose runs are internal.</summary>
    public static IReadOnlyList<string> InternalRuleSets { get; } = [RuleSets.RuleSetName.Webhook, RuleSets.RuleSetName.Notices];

    /// <summary>Returns whether the facts of a run match, for stores that keep them beside it.</summary>
    /// <param name="id">Its ID.</param>
    /// <param name="correlationId">Its correlation ID.</param>
    /// <param name="ruleSet">The name of its rule set.</param>
    /// <param name="words">Its <see cref="NameWords"/>.</param>
    /// <param name="createdAt">The time of its creation.</param>
    public bool MatchesFacts(string id, string correlationId, string ruleSet, string words, DateTimeOffset createdAt) =>
        (CreatedFrom is null || createdAt >= CreatedFrom)
        && (CreatedBefore is null || createdAt < CreatedBefore)
        && !(WithoutInternal && InternalRuleSets.Contains(ruleSet, StringComparer.Ordinal))
        && (Text is not { Length: > 0 } text
            || id.StartsWith(text, StringComparison.OrdinalIgnoreCase)
            || correlationId.StartsWith(text, StringComparison.Ordinal)
            || NameWords.Begin(words, text));

    /// <summary>Returns whether a run matches, for stores that filter in memory.</summary>
    public bool Matches(Run run) =>
        run.Environment == Environment
        && (Status is null || run.State.Status == Status)
        && (RuleSet is null || run.RuleSet == RuleSet)
        && (CorrelationId is null || run.CorrelationId == CorrelationId)
        && MatchesFacts(run.Id, run.CorrelationId, run.RuleSet, NameWords.Of(run), run.CreatedAt);
}
