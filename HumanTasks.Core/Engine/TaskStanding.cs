using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>A task and its run, as they stood at one moment.</summary>
/// <param name="Run">The run.</param>
/// <param name="Task">The task as it is stored, for all of its assignees.</param>
internal sealed record TaskStanding(Run Run, HumanTask Task)
{
    /// <summary>The run's wait for the task, also if an unexpected error interrupted it; null for a run that doesn't wait for it.</summary>
    public RunState.Paused? Wait =>
        (Run.State as RunState.Paused ?? (Run.State as RunState.Failed)?.Before as RunState.Paused) is { } paused && paused.TaskId == Task.Id
            ? paused
            : null;

    /// <summary>Whether the run waits for the task and can take a turn.</summary>
    public bool IsWaiting => Run.State is RunState.Paused && Wait is not null;
}
