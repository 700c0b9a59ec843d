using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>
/// A run, the task it waits for and the responses that no turn has consumed, all at one moment. Separate reads could
/// show a task as closed by a response that was read too early to appear, and that response would be lost.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Task">The task that the run waits for; null if it does not wait.</param>
/// <param name="Unconsumed">The accepted responses, oldest first.</param>
public sealed record RunStanding(Run Run, HumanTask? Task, IReadOnlyList<HumanResponse> Unconsumed);
