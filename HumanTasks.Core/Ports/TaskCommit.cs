using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>
/// A change of a task without its run. A response that it accepts waits for the run's next turn: so a fault in that turn never
/// loses it.
/// </summary>
/// <param name="Task">The task after the change, at one version above the expected one.</param>
public sealed record TaskCommit(HumanTask Task) : Commit;
