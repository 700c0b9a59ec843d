using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Storage;

/// <summary>The runs that wait for their environment's allowance.</summary>
internal sealed class RunQueue(
    StorageTables tables, RunPartition partition, Records records, RunWrites writes, Allowances allowances, IndexWriter index)
{
    private const int AtOnce = 8;

    public async Task<IReadOnlyList<string>> ReleaseAsync(
        string environment, Metering metering, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var left = await allowances.LeftAsync(environment, metering, cancellationToken);
        var queued = left > 0 ? await QueuedAsync(environment, Math.Min(limit, left), now, cancellationToken) : [];
        if (queued.Count == 0)
        {
            return [];
        }

        var first = queued[0].Id;
        var counted = await allowances.ReserveAsync(environment, metering, first, queued.Count, cancellationToken);
        var released = new bool[counted];
        await Parallel.ForEachAsync(
            queued.Take(counted).Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (item, stop) => released[item.Index] =
                await writes.CommitAsync(new ReleaseRun(now).Decide(item.Item), stop) == CommitResult.Committed);

        await allowances.GiveBackAsync(
            environment, metering, first, released.Count(done => !done), CancellationToken.None);
        return [.. queued.Zip(released).Where(pair => pair.Second).Select(pair => pair.First.Id)];
    }

    /// <summary>Returns the oldest queued runs.</summary>
    private async Task<List<Run>> QueuedAsync(
        string environment, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var queued = new List<Run>();
        var rows = tables.Index.RangeAsync(
            RunLists.Partition(Key.Of(environment)),
            Key.Under(RunLists.InQueue),
            Key.After(RunLists.InQueue),
            cancellationToken,
            Math.Min(limit, Ranges.MaxPage));
        await foreach (var row in rows)
        {
            var runId = IndexRow.RunOf(row);
            var entity = await partition.RunAsync(runId, cancellationToken);
            Run? run;
            try
            {
                run = entity is null ? null : await records.RunAsync(entity, cancellationToken);
            }
            catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
            {
                await writes.RestateAsync(runId, new ReleaseRun(now).Decide, cancellationToken);
                continue;
            }

            if (run is not { State: RunState.Queued })
            {
                await index.TakeAwayAsync(RowAddress.Of(row), cancellationToken);
                continue;
            }

            queued.Add(run);
            if (queued.Count == limit)
            {
                break;
            }
        }

        return queued;
    }
}
