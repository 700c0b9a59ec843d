using Azure.Data.Tables;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Storage;

/// <summary>Finds runs with lost events. Deletes rows that lead to nothing any more on the way.</summary>
internal sealed partial class RunSweep(
    StorageTables tables, RunPartition partition, RunRepair repair, IndexWriter index, TimeProvider time, ILogger<RunSweep> logger)
{
    /// <summary>The age after which an announced write can no longer happen.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(10);

    private const int MaxRepairs = 200;
    private const string Failed = "failed";

    private static readonly string[] Over =
        [.. new[] { RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled, RunStatus.Expired }.Select(RunPlace.StatusOf)];

    public async Task<Page<string>> UnconsumedAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var oldest = new Dictionary<string, string?>();
        var until = Key.Join(Work.Open, Work.FirstId(before));
        return await PageAsync(Work.Open, until, cursor, limit, async row =>
        {
            var runId = IndexRow.RunOf(row);
            if (!oldest.TryGetValue(runId, out var first))
            {
                first = await OldestAsync(runId, cancellationToken);
                oldest.Add(runId, first);
            }

            return row.RowKey == first;
        }, IsOpenAsync, cancellationToken);

        // a response that is not stored yet may still be on its way
        async Task<bool> IsOpenAsync(TableEntity row)
        {
            var runId = IndexRow.RunOf(row);
            if (oldest[runId] is null && await IsOverAsync(runId, cancellationToken))
            {
                return false;
            }

            var response = await partition.FindAsync(runId, RunKey.OfResponse(row.RowKey.Split('.')[1]), cancellationToken);
            return response is null
                ? time.GetUtcNow() - Work.OpenedAt(row) < LongestWrite
                : !Records.IsConsumed(response);
        }
    }

    public async Task<Page<string>> DueAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            await RepairAsync(before, cancellationToken);
        }

        var until = Key.Join(Work.Wake, Key.Ascending(before.UtcTicks));
        return await PageAsync(
            Work.Wake, until, cursor, limit, IsCurrentAsync, _ => Task.FromResult(false), cancellationToken);

        async Task<bool> IsCurrentAsync(TableEntity row)
        {
            var runId = IndexRow.RunOf(row);
            var run = await partition.RunAsync(runId, cancellationToken);
            return run is not null && RunPlace.Read(run, runId).Rows().Any(current => current.Row == row.RowKey);
        }
    }

    /// <summary>Repairs one run. A run that cannot be read does not stop the search for others.</summary>
    private async Task RepairAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await repair.RepairAsync(runId, cancellationToken);
        }
        catch (Exception fault) when (!RunFaults.IsWaitedOut(fault) && fault is not Azure.RequestFailedException)
        {
            LogUnrepaired(fault, runId);
        }
    }

    /// <summary>Resumes writes that were announced before a moment and did not complete.</summary>
    private async Task RepairAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var until = Key.Join(Work.Announced, Work.FirstId(before));
        var given = Work.FirstId(time.GetUtcNow() - LongestWrite);
        var left = MaxRepairs;
        await foreach (var row in Work.RowsAsync(tables.Index, Work.Announced, null, until, MaxRepairs, cancellationToken))
        {
            if (left-- == 0)
            {
                return;
            }

            await RepairAsync(IndexRow.RunOf(row), cancellationToken);
            if (string.CompareOrdinal(Work.StampOf(row), given) < 0)
            {
                await index.TakeAwayAsync(RowAddress.Of(row), cancellationToken);
            }
        }
    }

    /// <summary>Reads a page of runs from the rows of a kind.</summary>
    /// <param name="kind">The kind of the rows.</param>
    /// <param name="until">The key before which they end.</param>
    /// <param name="cursor">The key of the previous page's last row.</param>
    /// <param name="limit">The number of runs.</param>
    /// <param name="isWanted">Whether the row's run is returned.</param>
    /// <param name="stays">Whether a row whose run is not returned may still be needed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    private async Task<Page<string>> PageAsync(
        string kind,
        string until,
        string? cursor,
        int limit,
        Func<TableEntity, Task<bool>> isWanted,
        Func<TableEntity, Task<bool>> stays,
        CancellationToken cancellationToken)
    {
        var after = cursor?.StartsWith(Key.Under(kind), StringComparison.Ordinal) == true ? cursor : null;
        var runIds = new List<string>();
        var last = "";
        await foreach (var row in Work.RowsAsync(
            tables.Index, kind, after, until, Math.Min(limit + 1, Ranges.MaxPage), cancellationToken))
        {
            if (await isWanted(row))
            {
                if (runIds.Count == limit)
                {
                    return new Page<string>(runIds, last);
                }

                runIds.Add(IndexRow.RunOf(row));
                last = row.RowKey;
            }
            else if (!await stays(row))
            {
                await index.TakeAwayAsync(RowAddress.Of(row), cancellationToken);
            }
        }

        return new Page<string>(runIds, null);
    }

    /// <summary>Returns the row of a run's oldest unconsumed response; null when it has none or is over.</summary>
    private async Task<string?> OldestAsync(string runId, CancellationToken cancellationToken)
    {
        var head = await partition.HeadAsync(runId, cancellationToken);
        if (repair.IsDue(head))
        {
            await RepairAsync(runId, cancellationToken);
        }

        if (head.Run is null || Over.Contains(RunPlace.Read(head.Run, runId).Status))
        {
            return null;
        }

        var unconsumed = await partition.UnconsumedAsync(runId, cancellationToken);
        return unconsumed.Select(response => Work.OpenRow(runId, Records.ResponseIdOf(response))).Min(StringComparer.Ordinal);
    }

    private async Task<bool> IsOverAsync(string runId, CancellationToken cancellationToken) =>
        await partition.RunAsync(runId, cancellationToken) is { } run
        && RunPlace.Read(run, runId).Status is var status
        && status != Failed
        && Over.Contains(status);

    [LoggerMessage(LogLevel.Error, "Couldn't finish the remaining work of a write to run {RunId}")]
    private partial void LogUnrepaired(Exception fault, string runId);
}
