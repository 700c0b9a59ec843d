using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Web.Studio.Search;

/// <summary>What a text finds in one environment, as far as the member may see it there.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Runs">The newest runs.</param>
/// <param name="Tasks">The newest tasks, with secrets hidden.</param>
/// <param name="RuleSets">The names of rule sets.</param>
/// <param name="HasMoreRuns">Whether there are more runs.</param>
/// <param name="HasMoreTasks">Whether there are more tasks.</param>
public sealed record SearchResults(
    RunEnvironment Environment,
    IReadOnlyList<Run> Runs,
    IReadOnlyList<HumanTask> Tasks,
    IReadOnlyList<string> RuleSets,
    bool HasMoreRuns,
    bool HasMoreTasks)
{
    public bool IsEmpty => Runs.Count == 0 && Tasks.Count == 0 && RuleSets.Count == 0;
}
