using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Storage;

/// <summary>Creates the runs that a committed turn starts, each once, however often it is called.</summary>
internal sealed class RunStarter(RunPartition partition, Allowances allowances)
{
    private const int AtOnce = 8;

    /// <summary>Creates the runs that do not exist yet.</summary>
    /// <param name="starts">The starts in the starting run's outbox, in their order.</param>
    /// <param name="insert">Writes a run with its first turn; returns false if it already exists.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public async Task CreateAsync(
        IReadOnlyList<RunStart> starts,
        Func<TurnCommit, CancellationToken, Task<bool>> insert,
        CancellationToken cancellationToken)
    {
        if (starts.Count == 0)
        {
            return;
        }

        // the insertion skips an existing run; the check is for metered ones, which must not be counted twice
        var there = await Task.WhenAll(starts.Select(start => start.Metering is null
            ? Task.FromResult<TableEntity?>(null)
            : partition.RunAsync(start.Run.Id, cancellationToken)));
        var missing = starts
            .Zip(there)
            .Where(pair => pair.Second is null)
            .Select(pair => pair.First)
            .DistinctBy(start => start.Run.Id);
        foreach (var group in missing.GroupBy(start => (start.Run.Environment, start.Metering)))
        {
            await CreateGroupAsync([.. group], insert, cancellationToken);
        }
    }

    private async Task CreateGroupAsync(
        List<RunStart> starts, Func<TurnCommit, CancellationToken, Task<bool>> insert, CancellationToken cancellationToken)
    {
        var (first, metering) = (starts[0].Run, starts[0].Metering);
        var counted = metering is null
            ? 0
            : await allowances.ReserveAsync(first.Environment, metering, first.Id, starts.Count, cancellationToken);
        var mayRun = metering is null ? starts.Count : counted;
        var notInserted = 0;
        await Parallel.ForEachAsync(
            starts.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (item, stop) =>
            {
                var (i, start) = item;
                var first = i < mayRun
                    ? start.First
                    : new TurnCommit { Run = start.Run with { State = new RunState.Queued(start.QueuedReason) }, ExpectedVersion = 0 };
                if (!await insert(first, stop) && i < counted)
                {
                    Interlocked.Increment(ref notInserted);
                }
            });

        if (metering is not null)
        {
            await allowances.GiveBackAsync(first.Environment, metering, first.Id, notInserted, cancellationToken);
        }
    }
}
