using HumanTasks.Core.Runs;

namespace HumanTasks.Web.Overview;

/// <summary>Failed runs of one rule set with the same cause at the same action.</summary>
/// <param name="RuleSet">The rule set.</param>
/// <param name="Newest">The error of the newest of them.</param>
/// <param name="Count">The number of the newest failed runs that it has.</param>
public sealed record FailureGroup(string RuleSet, RunError Newest, int Count)
{
    /// <summary>Returns groups of failed runs, which are given newest first; the largest group first.</summary>
    public static IEnumerable<FailureGroup> Of(IEnumerable<Run> failed) => failed
        .Where(run => run.State is RunState.Failed)
        .Select(run => (run.RuleSet, ((RunState.Failed)run.State).Error))
        .GroupBy(one => (one.RuleSet, one.Error.Action, one.Error.Cause))
        .Select(group => new FailureGroup(group.Key.RuleSet, group.First().Error, group.Count()))
        .OrderByDescending(group => group.Count);
}
