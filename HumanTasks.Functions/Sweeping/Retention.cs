using HumanTasks.Core.Ports;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Web.Api;

namespace HumanTasks.Functions.Sweeping;

/// <summary>Deletes what is past its time: runs with their files and orchestrations, idempotency keys.</summary>
public sealed class Retention(
    IRunIndex index,
    IRunStore store,
    IFileStore files,
    IDocumentStore documents,
    OrchestrationHistory history,
    IIdempotencyStore idempotency,
    TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await PurgeRunsAsync(cancellationToken);
        await PurgeReservationsAsync(cancellationToken);
        await PurgeDocumentsAsync(cancellationToken);
    }

    private async Task PurgeRunsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var batch = 0; batch < Batches.Most; batch++)
        {
            // what hangs on a run goes first, so that a crash in between leaves the run to find it by
            var purgeable = await index.PurgeableAsync(now, Batches.Size, cancellationToken);
            await Batches.ForEachAsync(purgeable, ForgetAsync, cancellationToken);

            var purged = await store.PurgeAsync(now, Batches.Size, cancellationToken);
            await Batches.ForEachAsync(purged.Except(purgeable), ForgetAsync, cancellationToken);
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
