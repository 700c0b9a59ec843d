using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Sweeping;

/// <summary>Starts queued continuations as soon as their environment's allowance permits.</summary>
public sealed class QueuedRuns(IRunStore store, IRunHost host, EnvironmentCatalog environments, TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var faults = new SweepFaults();
        foreach (var environment in environments.All)
        {
            await faults.TryAsync(() => ReleaseAsync(environment, faults, cancellationToken), cancellationToken);
        }

        faults.ThrowIfAny();
    }

    private async Task ReleaseAsync(RunEnvironment environment, SweepFaults faults, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // runs queued before the environment moved to a plan without their limit are released as well
        var metering = environment.MeterContinuation(now) ?? environment.MeterStart(now) with { Allowance = null };
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            var released = await store.ReleaseQueuedAsync(
                environment.Id, metering, now, Batches.Size, cancellationToken);
            await Batches.ForEachAsync(released, StartAsync, faults, cancellationToken);
            if (released.Count < Batches.Size)
            {
                return;
            }
        }
    }

    private async Task StartAsync(string runId, CancellationToken cancellationToken)
    {
        if (await store.FindRunAsync(runId, cancellationToken) is { } run)
        {
            await host.StartAsync(run, cancellationToken);
        }
    }
}
