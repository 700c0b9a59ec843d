using System.Collections.Concurrent;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Drafts;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// Deletes what is past its retention: runs with their files and orchestrations, uploads that were not accepted,
/// idempotency keys.
/// </summary>
public sealed class Retention(
    IRunIndex index,
    IRunStore store,
    IFileStore files,
    IDocumentStore documents,
    UploadSweep uploads,
    OrchestrationHistory history,
    IIdempotencyStore idempotency,
    TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var faults = new SweepFaults();
        await faults.TryAsync(() => PurgeRunsAsync(faults, cancellationToken), cancellationToken);
        await faults.TryAsync(() => uploads.SweepAsync(cancellationToken), cancellationToken);
        await faults.TryAsync(() => PurgeReservationsAsync(cancellationToken), cancellationToken);
        await faults.TryAsync(() => PurgeDocumentsAsync(cancellationToken), cancellationToken);
        faults.ThrowIfAny();
    }

    private async Task PurgeRunsAsync(SweepFaults faults, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            // files and history go first, so that after a crash the run is still there to find the rest
            var purgeable = await index.PurgeableAsync(now, Batches.Size, cancellationToken);
            var (forgotten, before) = (new ConcurrentBag<string>(), faults.Count);
            await Batches.ForEachAsync(
                purgeable,
                async (runId, stop) =>
                {
                    await ForgetAsync(runId, stop);
                    forgotten.Add(runId);
                },
                faults,
                cancellationToken);
            if (faults.Count > before)
            {
                // a run whose files or history remain is kept, so that they can be found; the other runs are deleted
                // one by one
                await Batches.ForEachAsync(forgotten, index.PurgeOneAsync, faults, cancellationToken);
                return;
            }

            var purged = await store.PurgeAsync(now, Batches.Size, cancellationToken);
            await Batches.ForEachAsync(purged.Except(purgeable), ForgetAsync, faults, cancellationToken);
            if (purged.Count < Batches.Size)
            {
                return;
            }
        }
    }

    private async Task ForgetAsync(string runId, CancellationToken cancellationToken)
    {
        await files.DeleteOfRunAsync(runId, cancellationToken);
        await documents.DeleteOwnerAsync(runId, cancellationToken);
        await history.ForgetAsync(runId, cancellationToken);
    }

    private async Task PurgeDocumentsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            if (await documents.PurgeDocumentsAsync(now, Batches.Size, cancellationToken) < Batches.Size)
            {
                return;
            }
        }
    }

    private async Task PurgeReservationsAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Idempotency.Lifetime;
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            if (await idempotency.PurgeReservationsAsync(before, Batches.Size, cancellationToken) < Batches.Size)
            {
                return;
            }
        }
    }
}
