using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Environments;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The number of metered runs of an environment that started in a month. With a limit, one entity counts. Without one,
/// the count is spread over several entities, so that many starts at once do not wait for each other.
/// </summary>
internal sealed class Allowances(TableClient table)
{
    private const string Used = "Used";
    private const int Shards = 16;
    private const int MaxTries = 200;

    private readonly ConcurrentDictionary<(string Partition, string Row), Gate> gates = new();

    /// <summary>Counts as many of the wanted starts as the allowance permits; returns how many.</summary>
    /// <param name="environment">The environment of the runs.</param>
    /// <param name="metering">The month, and its maximum.</param>
    /// <param name="runId">The ID of the first run, which selects the entity that counts.</param>
    /// <param name="wanted">The number of wanted starts.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public Task<int> ReserveAsync(
        string environment, Metering metering, string runId, int wanted, CancellationToken cancellationToken) =>
        CountAsync(environment, metering, runId, wanted, cancellationToken);

    /// <summary>Returns starts that did not happen to the allowance.</summary>
    public Task GiveBackAsync(
        string environment, Metering metering, string runId, int count, CancellationToken cancellationToken) =>
        count == 0 ? Task.CompletedTask : CountAsync(environment, metering, runId, -count, cancellationToken);

    /// <summary>Returns how many more runs may start at present.</summary>
    public async Task<int> LeftAsync(string environment, Metering metering, CancellationToken cancellationToken)
    {
        if (metering.Allowance is not { } allowance)
        {
            return int.MaxValue;
        }

        var (_, used) = await ReadAsync(Key.Of(environment), "", metering, cancellationToken);
        return Math.Max(0, allowance - used);
    }

    private async Task<int> CountAsync(
        string environment, Metering metering, string runId, int by, CancellationToken cancellationToken)
    {
        var (partition, row) = (Key.Of(environment), RowOf(metering, runId));
        var gate = gates.GetOrAdd((partition, row), _ => new Gate());
        await gate.Turn.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                // the counter as this process last wrote it; the write detects whether somebody else has counted since
                var known = gate.Last;
                gate.Last = null;
                var (counter, used) = known ?? await ReadAsync(partition, row, metering, cancellationToken);
                var counted = by > 0 && metering.Allowance is { } allowance ? Math.Min(by, allowance - used) : by;
                if (by > 0 && counted < by && known is not null)
                {
                    continue; // a cached counter is no reason to refuse
                }

                if (by > 0 && counted <= 0)
                {
                    return 0;
                }

                if (await WriteAsync(partition, row, counter, counted, cancellationToken) is { } written)
                {
                    gate.Last = (written, used + counted);
                    return counted;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(tries, 20) * 5), cancellationToken);
            }
        }
        finally
        {
            gate.Turn.Release();
        }

        throw new InvalidOperationException($"The allowance of '{environment}' changed too often to be counted.");
    }

    /// <summary>Reads the entity that counts, and the sum of all.</summary>
    private async Task<(TableEntity? Counter, int Used)> ReadAsync(
        string partition, string row, Metering metering, CancellationToken cancellationToken)
    {
        if (metering.Allowance is null)
        {
            return (await table.FindAsync(partition, row, cancellationToken), 0);
        }

        var counters = await table.ListAsync(partition, MonthOf(metering), cancellationToken);
        return (counters.Find(counter => counter.RowKey == row), counters.Sum(counter => counter.GetInt32(Used) ?? 0));
    }

    /// <summary>Writes the counter and returns it, or null when a concurrent write came first.</summary>
    private async Task<TableEntity?> WriteAsync(
        string partition, string row, TableEntity? counter, int by, CancellationToken cancellationToken)
    {
        var next = new TableEntity(partition, row) { [Used] = Math.Max(0, (counter?.GetInt32(Used) ?? 0) + by) };
        try
        {
            var answer = await (counter is null
                ? table.AddEntityAsync(next, cancellationToken)
                : table.UpdateEntityAsync(next, counter.ETag, TableUpdateMode.Replace, cancellationToken));
            next.ETag = answer.Headers.ETag ?? default;
            return next;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return null;
        }
    }

    private static string RowOf(Metering metering, string runId)
    {
        var shard = metering.Allowance is null ? 1 + (runId[^1] % Shards) : 0;
        return Key.Join(MonthOf(metering), shard.ToString("D2", CultureInfo.InvariantCulture));
    }

    private static string MonthOf(Metering metering) => metering.Month.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>A gate that admits one count at a time, and keeps the counter and the sum of the last one.</summary>
    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public (TableEntity? Counter, int Used)? Last { get; set; }
    }
}
