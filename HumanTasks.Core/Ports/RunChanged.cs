using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>A change of a run that is about to be written.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Run">The run after the change; null if only a task changes.</param>
/// <param name="Tasks">The changed tasks, after the change.</param>
public sealed record RunChanged(string RunId, Run? Run, IReadOnlyList<HumanTask> Tasks)
{
    public static RunChanged Of(TurnCommit commit) => new(commit.Run.Id, commit.Run, commit.Tasks);

    public static RunChanged Of(TaskCommit commit) => new(commit.Task.RunId, null, [commit.Task]);
}
