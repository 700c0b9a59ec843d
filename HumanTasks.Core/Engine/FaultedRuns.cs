using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// Handles runs whose turns fail with an unexpected exception. They end failed and visible, and can be retried and
/// cancelled. Nothing here reads their context, which may be the unreadable part.
/// </summary>
internal sealed class FaultedRuns(IRunStore store, RunEngine engine, EngineOptions options, TimeProvider time)
{
    /// <summary>Fails a run after its last attempt at a turn. Finished and queued runs are unchanged.</summary>
    public async Task<Next> FailAsync(Turn turn, CancellationToken cancellationToken)
    {
        var action = await ActionOfAsync(turn.RunId, cancellationToken);
        var mark = await store.RestateAsync(
            turn.RunId,
            mark => mark.Status is RunStatus.Running or RunStatus.Paused ? Failed(mark, action, Math.Max(turn.Attempts, 1)) : null,
            cancellationToken);
        return new Next(mark is null ? turn.Number : mark.Version + 1, IsOver: true);
    }

    /// <summary>
    /// Restores the state of a run that failed with an exception, so that its turn is retried. Returns false if it
    /// changed meanwhile.
    /// </summary>
    public async Task<bool> RestoreAsync(Run run, string? by, CancellationToken cancellationToken) =>
        await store.RestateAsync(
            run.Id,
            mark => mark.Version == run.Version && mark.State is RunState.Failed { Before: { } before } failed
                ? new Restatement(
                    before is RunState.Running ? new RunState.Running() : before,
                    new LogLine(Now(run), NotEmpty(failed.Error.Action), RunEvent.RetryRequested, null, by))
                : null,
            cancellationToken) is not null;

    /// <summary>Cancels a run whose cancelling turn fails: the run itself and the task it waits for.</summary>
    public async Task<Next> CancelAsync(Turn turn, CancellationToken cancellationToken)
    {
        var mark = await store.RestateAsync(
            turn.RunId,
            mark => mark.Status is RunStatus.Running or RunStatus.Paused or RunStatus.Queued or RunStatus.Failed
                ? new Restatement(
                    new RunState.Cancelled(turn.Reason), new LogLine(time.GetUtcNow(), null, RunEvent.Cancelled, turn.Reason, turn.By))
                : null,
            cancellationToken);
        if (mark is not null)
        {
            options.Faults.Settle(turn.RunId);
            await CloseTaskAsync(mark, turn, cancellationToken);
        }

        return new Next(mark is null ? turn.Number : mark.Version + 1, IsOver: true);
    }

    private Restatement Failed(RunMark mark, string action, int attempts)
    {
        var message = $"The run stopped on an unexpected error. Search the log for the correlation ID {mark.CorrelationId}, then retry or cancel the run.";
        var error = new RunError(action, message, attempts) { CorrelationId = mark.CorrelationId };
        return new Restatement(
            new RunState.Failed(error) { Before = mark.State },
            new LogLine(time.GetUtcNow(), NotEmpty(action), RunEvent.Failed, message));
    }

    /// <summary>Returns the action at which a run stands, as far as it is readable.</summary>
    private async Task<string> ActionOfAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindRunAsync(runId, cancellationToken) is { } run
                && await engine.FindRuleSetAsync(run, null, cancellationToken) is { } ruleSet
                && run.Position < ruleSet.Actions.Count
                    ? ruleSet.Actions[run.Position].Name
                    : "";
        }
        catch (Exception unreadable) when (!RunFaults.IsWaitedOut(unreadable))
        {
            return ""; // unreadable data was already reported as the fault that fails the run
        }
    }

    private async Task CloseTaskAsync(RunMark mark, Turn turn, CancellationToken cancellationToken)
    {
        if (((mark.State as RunState.Failed)?.Before ?? mark.State) is not RunState.Paused paused)
        {
            return;
        }

        try
        {
            if (await store.FindTaskAsync(paused.TaskId, cancellationToken) is { State.IsPending: true } task)
            {
                var closed = task.Changed(time.GetUtcNow(), TaskEventKind.Cancelled, turn.By, turn.Reason) with
                {
                    State = new TaskState.Cancelled(turn.Reason),
                };
                await store.CommitAsync(new TaskCommit(closed), cancellationToken);
                await engine.ClosedAsync(closed);
            }
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            options.OnFault?.Invoke(mark.Id, mark.CorrelationId, fault); // the run is finished, and its links with it
        }
    }

    private DateTimeOffset Now(Run run) => run.NotBefore(time.GetUtcNow());

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
