using Grpc.Core;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// Gives runs their turns through orchestrations. Every call here follows a durable write, so a failed call is logged
/// instead of thrown, and a call continues when its caller disconnects. The sweeper repeats what was lost.
/// </summary>
internal sealed partial class DurableRunHost(
    TaskHub hub, IRunStore store, TimeProvider time, ILogger<DurableRunHost> logger) : IRunHost
{
    public Task StartAsync(Run run, CancellationToken cancellationToken) =>
        run.State.IsOver ? Task.CompletedTask : WakeUpAsync(run.Id, client => StartAsync(client, run));

    public Task StartNewAsync(Run run, CancellationToken cancellationToken) =>
        run.State.IsOver ? Task.CompletedTask : WakeUpAsync(run.Id, client => ScheduleAsync(client, run, Next.Of(run)));

    public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken) =>
        WakeUpAsync(runId, client => RaiseAsync(client, runId));

    /// <summary>
    /// Signals the orchestration, which waits for the earlier state, to read the current one and end or wait again.
    /// </summary>
    public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
        SignalAsync(runId, Signal.Continue, cancellationToken);

    public IRunWatch Watch(string runId) => new PollingWatch(time);

    private async Task StartAsync(DurableTaskClient client, Run run)
    {
        switch (await client.GetInstanceAsync(run.Id, CancellationToken.None))
        {
            case null:
                await ScheduleAsync(client, run);
                break;
            case { IsCompleted: false }:
                await RaiseAsync(client, run.Id);
                break;
            default:
                await StartAgainAsync(client, run.Id);
                break;
        }
    }

    private async Task RaiseAsync(DurableTaskClient client, string runId)
    {
        try
        {
            await client.RaiseEventAsync(
                runId, WakeUps.HumanResponse, nameof(Signal.HumanResponse), CancellationToken.None);
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            await StartAgainAsync(client, runId);
        }
    }

    // the hub would restart any finished instance: only the run's record says whether there is work to do
    private async Task StartAgainAsync(DurableTaskClient client, string runId)
    {
        Run? run;
        try
        {
            run = await store.FindRunAsync(runId, CancellationToken.None);
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            // its turn hits the same error and gives it up, which makes the failure visible
            LogUnreadable(fault, runId);
            await ScheduleAsync(client, new Turn(runId, Turn.AnyNumber, Signal.Started));
            return;
        }

        if (run is { State.IsOver: false })
        {
            LogStartedAgain(runId);
            await ScheduleAsync(client, run);
        }
    }

    private static Task ScheduleAsync(DurableTaskClient client, Run run, Next? after = null) =>
        ScheduleAsync(client, new Turn(run.Id, run.Version, Signal.Started, After: after));

    private static Task ScheduleAsync(DurableTaskClient client, Turn turn) =>
        client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunOrchestration), turn, new StartOrchestrationOptions(turn.RunId), CancellationToken.None);

    private async Task WakeUpAsync(string runId, Func<DurableTaskClient, Task> call)
    {
        var client = hub.Client;
        try
        {
            await call(client);
        }
        catch (Exception fault)
        {
            LogLost(fault, runId);
        }
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} is active but has no orchestration. Started a new one.")]
    private partial void LogStartedAgain(string runId);

    [LoggerMessage(LogLevel.Error, "Run {RunId} can't be read. Its next turn marks it as failed.")]
    private partial void LogUnreadable(Exception fault, string runId);

    [LoggerMessage(LogLevel.Warning, "Couldn't wake run {RunId}. The sweeper will retry.")]
    private partial void LogLost(Exception fault, string runId);
}
