using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>Carries out the commands on runs.</summary>
public sealed partial class RunEngine
{
    private const int MaxRunTries = 50;

    /// <summary>
    /// Starts a run. Repeating the call with the same run ID is safe and finds the run of the first call. The run is
    /// stored together with its first turn, as far as that has no external effects.
    /// </summary>
    internal async Task<StartVerdict> StartAsync(BeginRun command, CancellationToken cancellationToken)
    {
        if (command.Refusal is { } refused)
        {
            return refused;
        }

        var (request, now) = (command.Request, time.GetUtcNow());
        var first = await turns.BeginAsync(command.Seed(now), request.RuleSet, request.By, cancellationToken);
        if (command.RefusalAfter(first) is { } failed)
        {
            return failed;
        }

        switch (await store.CreateAsync(first, request.Environment.MeterStart(now), cancellationToken))
        {
            case CreateResult.AllowanceExhausted:
                return new StartVerdict.AllowanceExhausted(request.Environment);
            case CreateResult.AlreadyExists:
                var existing = await store.FindRunAsync(request.RunId, cancellationToken)
                    ?? throw new InvalidOperationException($"The run {request.RunId} exists and cannot be found.");
                var tasks = await store.TasksOfRunAsync(request.RunId, cancellationToken);
                return new StartVerdict.Started(existing, tasks.Count > 0 ? tasks[0] : null);
            default:
                Telemetry.Started(first.Run);
                await TellAsync(first, cancellationToken);
                await host.StartNewAsync(first.Run, cancellationToken);
                return new StartVerdict.Started(first.Run, first.Tasks.Count > 0 ? first.Tasks[0] : null);
        }
    }

    /// <summary>Carries out a command on a run that its caller may see.</summary>
    internal async Task<RunVerdict> DoAsync(RunCommand command, string runId, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxRunTries; tries++)
        {
            if (await store.FindRunAsync(runId, cancellationToken) is not { } run)
            {
                return new RunVerdict.Unknown();
            }

            switch (command.Decide(run, time.GetUtcNow(), isUnderWay: tries > 0))
            {
                case RunDecision.Refuse refuse:
                    return refuse.Why;
                case RunDecision.Write write when await store.CommitAsync(write.Commit, cancellationToken) != CommitResult.Committed:
                    return new RunVerdict.NotFailed(run); // somebody else let it run again meanwhile
                case RunDecision.Write write:
                    await host.StartAsync(write.Commit.Run, cancellationToken);
                    return new RunVerdict.Done(write.Commit.Run);
                case RunDecision.Restate { GoesOn: false } restate:
                    if (await RestateAsync(runId, restate.Change, cancellationToken) is null)
                    {
                        return new RunVerdict.NotFailed(run);
                    }

                    await host.StartAsync(run with { State = new RunState.Running() }, cancellationToken);
                    await host.SignalAsync(runId, Signal.Retry, cancellationToken); // a run that waits for a person has no turn due
                    return new RunVerdict.Done(run);
                case RunDecision.Restate restate:
                    await RestateAsync(runId, restate.Change, cancellationToken);
                    break;
                case RunDecision.Take take:
                    var next = await TakeAsync(take, cancellationToken);
                    if (await store.FindRunAsync(runId, cancellationToken) is { State: RunState.Cancelled } cancelled)
                    {
                        await host.AdvancedAsync(runId, next, cancellationToken);
                        return new RunVerdict.Done(cancelled);
                    }

                    break;
                default:
                    throw new InvalidOperationException("Unknown decision.");
            }
        }

        throw new InvalidOperationException($"The run {runId} changed too often to be cancelled.");
    }

    private async Task<Next> TakeAsync(RunDecision.Take take, CancellationToken cancellationToken)
    {
        try
        {
            return await AdvanceAsync(take.Turn, cancellationToken);
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault)) // it was reported where the turn was taken
        {
            var mark = await RestateAsync(take.Turn.RunId, take.Otherwise.Change, cancellationToken);
            return new Next(mark is null ? take.Turn.Number : mark.Version + 1, IsOver: true);
        }
    }

    private async Task<Next> FailAsync(Turn turn, CancellationToken cancellationToken)
    {
        var command = new FailRun(await turns.ActionOfAsync(turn.RunId, cancellationToken), Math.Max(turn.Attempts, 1));
        var mark = await RestateAsync(turn.RunId, mark => command.Decide(mark, time.GetUtcNow()), cancellationToken);
        return new Next(mark is null ? turn.Number : mark.Version + 1, IsOver: true);
    }

    /// <summary>Changes the state of a run without its turn. The task that a cancelled run waits for is closed with it.</summary>
    private async Task<RunMark?> RestateAsync(
        string runId, Func<RunMark, Restatement?> change, CancellationToken cancellationToken)
    {
        Restatement? done = null;
        var mark = await store.RestateAsync(runId, mark => done = change(mark), cancellationToken);
        if (mark is not null && done is { State: RunState.Cancelled cancelled, Line.By: var by })
        {
            options.Faults.Settle(runId);
            await CloseTaskAsync(mark, cancelled.Reason, by, cancellationToken);
        }

        return mark;
    }

    private async Task CloseTaskAsync(RunMark mark, string? reason, string? by, CancellationToken cancellationToken)
    {
        if (((mark.State as RunState.Failed)?.Before ?? mark.State) is not RunState.Paused paused)
        {
            return;
        }

        try
        {
            if (await store.FindTaskAsync(paused.TaskId, cancellationToken) is { State.IsPending: true } task)
            {
                var closed = task.Changed(time.GetUtcNow(), TaskEventKind.Cancelled, by, reason) with
                {
                    State = new TaskState.Cancelled(reason),
                };
                await store.CommitAsync(new TaskCommit(closed), cancellationToken);
                await ClosedAsync(closed);
            }
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            options.OnFault?.Invoke(mark.Id, mark.CorrelationId, fault); // the run is finished, and its links with it
        }
    }
}
