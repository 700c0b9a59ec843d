using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>
/// A run fails after its last attempt at a turn that ends with an unexpected exception. It is visible and can be retried
/// and cancelled. Finished and queued runs are unchanged.
/// </summary>
/// <param name="Action">The action at which the run stands; empty if it is unreadable.</param>
/// <param name="Attempts">The number of attempts, at least 1.</param>
internal sealed record FailRun(string Action, int Attempts)
{
    /// <summary>Decides without the run's context, which may be the unreadable part.</summary>
    public Restatement? Decide(RunMark mark, DateTimeOffset now)
    {
        if (mark.Status is not (RunStatus.Running or RunStatus.Paused))
        {
            return null;
        }

        var message = $"The run stopped on an unexpected error. Search the log for the correlation ID {mark.CorrelationId}, then retry or cancel the run.";
        var error = new RunError(Action, message, Attempts) { CorrelationId = mark.CorrelationId };
        return new Restatement(
            new RunState.Failed(error) { Before = mark.State },
            new LogLine(now, Action.Length == 0 ? null : Action, RunEvent.Failed, message));
    }
}
