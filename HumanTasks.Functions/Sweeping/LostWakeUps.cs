using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Sweeping;

/// <summary>Wakes runs again whose start, event or orchestration was lost.</summary>
public sealed class LostWakeUps(IRunIndex index, IRunStore store, IRunHost host, TimeProvider time)
{
    /// <summary>How long a run may wait for its turn before its wake-up counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Patience;
        var faults = new SweepFaults();
        await faults.TryAsync(
            () => WakeAsync(
                cursor => index.UnconsumedAsync(before, cursor, Batches.Size, cancellationToken), faults, cancellationToken),
            cancellationToken);
        await faults.TryAsync(
            () => WakeAsync(cursor => index.DueAsync(before, cursor, Batches.Size, cancellationToken), faults, cancellationToken),
            cancellationToken);
        faults.ThrowIfAny();
    }

    private async Task WakeAsync(
        Func<string?, Task<Page<string>>> read, SweepFaults faults, CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            var page = await read(cursor);
            await Batches.ForEachAsync(page.Items, StartAsync, faults, cancellationToken);
            if (page.Next is null)
            {
                return;
            }

            cursor = page.Next;
        }
    }

    // not only a signal: a start first checks whether an orchestration exists, and signals it if so
    private async Task StartAsync(string runId, CancellationToken cancellationToken)
    {
        Run? run;
        try
        {
            run = await store.FindRunAsync(runId, cancellationToken);
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault))
        {
            await host.SignalAsync(runId, Signal.Continue, cancellationToken); // its turn will give up, which makes the failure visible
            return;
        }

        if (run is not null)
        {
            await host.StartAsync(run, cancellationToken);
        }
    }
}
