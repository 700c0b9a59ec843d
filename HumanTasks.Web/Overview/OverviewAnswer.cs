using System.Text.Json.Serialization;

namespace HumanTasks.Web.Overview;

/// <summary>The state of an environment.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Pending">Tasks that wait for a person; counted up to 10,000.</param>
/// <param name="Overdue">Those of them past their due date.</param>
/// <param name="AnsweredToday">
/// Tasks answered since midnight (UTC), of the newest 2,000 completed and 2,000 rejected ones.
/// </param>
/// <param name="MedianMinutesToAnswer">
/// The median minutes from a task's creation to its answer, of the same tasks; null without any.
/// </param>
/// <param name="FailedRuns">Runs stopped at a failed action; counted up to 1,000.</param>
/// <param name="ByHour">Answers of the last 24 hours, the oldest hour first, of the same tasks.</param>
public sealed record OverviewAnswer(
    DateTimeOffset At,
    int Pending,
    int Overdue,
    int AnsweredToday,
    double? MedianMinutesToAnswer,
    int FailedRuns,
    IReadOnlyList<OverviewHour> ByHour)
{
    /// <summary>The newest failures by cause, for the Studio.</summary>
    [JsonIgnore]
    public IReadOnlyList<FailureGroup> Failures { get; init; } = [];

    /// <summary>The overdue tasks by rule set, for the Studio.</summary>
    [JsonIgnore]
    public IReadOnlyList<KeyValuePair<string, int>> OverdueByRuleSet { get; init; } = [];
}
