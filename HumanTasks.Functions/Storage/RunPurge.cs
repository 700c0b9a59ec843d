using Azure;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Deletes runs past their retention. The row that leads to a run goes last, so that an interrupted purge is resumed.
/// </summary>
internal sealed class RunPurge(StorageTables tables, RunPartition partition, Bodies bodies, IndexWriter index)
{
    private const int AtOnce = 4;

    public async Task<IReadOnlyList<string>> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var purgeable = await PurgeableAsync(now, limit, cancellationToken);
        await Parallel.ForEachAsync(
            purgeable,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (runId, stop) => await DeleteAsync(runId, stop));
        return purgeable;
    }

    public async Task<IReadOnlyList<string>> PurgeableAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var runIds = new List<string>();
        var before = Key.Join(Work.Expiry, Key.Ascending(now.UtcTicks + 1));
        await foreach (var row in Work.RowsAsync(
            tables.Index, Work.Expiry, null, before, Math.Min(limit, Ranges.MaxPage), cancellationToken))
        {
            if (runIds.Count == limit)
            {
                break;
            }

            var runId = IndexRow.RunOf(row);
            var run = await partition.RunAsync(runId, cancellationToken);
            if (run is not null && RunPlace.Read(run, runId).Rows().Any(current => current.Address == RowAddress.Of(row)))
            {
                runIds.Add(runId);
            }
            else
            {
                await index.TakeAwayAsync(RowAddress.Of(row), cancellationToken);
            }
        }

        return runIds;
    }

    public async Task DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        var key = RunKey.Partition(runId);
        var entities = new List<TableEntity>();
        await foreach (var entity in tables.Runs.RangeAsync(key, "", "~", cancellationToken))
        {
            entities.Add(entity);
        }

        if (entities.Find(entity => entity.RowKey == RunKey.Run) is not { } run)
        {
            return;
        }

        var place = RunPlace.Read(run, runId);
        var expiry = place.Expiry.Address;
        var rows = Rows(runId, place, entities).Where(row => row != expiry);
        await index.WriteAsync([], rows, cancellationToken);
        if (entities.Exists(Bodies.IsLarge))
        {
            await bodies.DeleteLargeAsync(key, cancellationToken);
        }

        // the row by which the rest is found goes last
        foreach (var chunk in entities.OrderBy(entity => entity.RowKey == RunKey.Run).Chunk(IndexWriter.MaxActions))
        {
            await DeleteAsync(chunk, cancellationToken);
        }

        await index.TakeAwayAsync(expiry, cancellationToken);
    }

    private static IEnumerable<RowAddress> Rows(string runId, RunPlace place, List<TableEntity> entities)
    {
        foreach (var row in place.Rows())
        {
            yield return row.Address;
        }

        foreach (var entity in entities)
        {
            if (entity.RowKey.StartsWith(Key.Under(RunKey.Task), StringComparison.Ordinal))
            {
                foreach (var row in TaskPlace.Read(entity, Records.TaskIdOf(entity)).Rows(null))
                {
                    yield return row.Address;
                }
            }
            else if (entity.RowKey.StartsWith(Key.Under(RunKey.Response), StringComparison.Ordinal)
                && !Records.IsConsumed(entity))
            {
                yield return new RowAddress(RunKey.Work(runId), Work.OpenRow(runId, Records.ResponseIdOf(entity)));
            }
        }
    }

    private async Task DeleteAsync(TableEntity[] entities, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Runs.SubmitTransactionAsync(
                entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)),
                cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            foreach (var entity in entities)
            {
                await tables.Runs.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ETag.All, cancellationToken);
            }
        }
    }
}
