using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// Runs whose turns meet an exception that nobody expects. They end failed, where people see them, and can be retried and
/// cancelled; nothing here reads their context, which may be what nobody can read.
/// </summary>
internal sealed class FaultedRuns(IRunStore store, RunEngine engine, EngineOptions options, TimeProvider time)
{
    /// <summary>Fails a run after its turn was tried in vain. A run that is over or queued by now is left alone.</summary>
    public async Task<Next> FailAsync(Turn turn, CancellationToken cancellationToken)
    {
        var action = await ActionOfAsync(turn.RunId, cancellationToken);
        var mark = await store.RestateAsync(
            turn.RunId,
            mark => mark.Status is RunStatus.Running or RunStatus.Paused ? Failed(mark, action, Math.Max(turn.Attempts, 1)) : null,
            cancellationToken);
        return new Next(mark is null ? turn.Number : mark.Version + 1, IsOver: true);
    }

    /// <summary>Puts a run that failed by a fault back to where it stood, so that its turn is tried once more. False when it changed meanwhile.</summary>
    public async Task<bool> RestoreAsync(Run run, string? by, CancellationToken cancellationToken) =>
        await store.RestateAsync(
            run.Id,
            mark => mark.Version == run.Version && mark.State is RunState.Failed { Before: { } before } failed
                ? new Restatement(
                    before is RunState.Running ? new RunState.Running() : before,
                    new LogLine(Now(run), NotEmpty(failed.Error.Action), RunEvent.RetryRequested, null, by))
                : null,
            cancellationToken) is not null;

    /// <summary>Cancels a run whose cancelling turn cannot be taken: the run itself, and the task for which it waits.</summary>
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

    /// <summary>The action at which a run stands, as far as that can be read.</summary>
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
            return ""; // what cannot be read has been told as the fault for which the run fails
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
                await store.UpdateTaskAsync(closed, cancellationToken);
                await engine.ClosedAsync(closed);
            }
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            options.OnFault?.Invoke(mark.Id, mark.CorrelationId, fault); // the run is over, and its links with it
        }
    }

    private DateTimeOffset Now(Run run) => run.NotBefore(time.GetUtcNow());

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
