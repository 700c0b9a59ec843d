using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <param name="Run">The run.</param>
/// <param name="Tasks">The tasks, oldest first.</param>
/// <param name="Continuations">The IDs of the runs that it queued, oldest first.</param>
public sealed record RunDetails(Run Run, IReadOnlyList<HumanTask> Tasks, IReadOnlyList<string> Continuations);
