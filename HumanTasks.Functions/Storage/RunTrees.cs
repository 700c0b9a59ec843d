using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The number of a run's descendants, counted in an entity of its partition and deleted with it. If a process stops
/// between counting and starting, the count is too high, never too low.
/// </summary>
internal sealed class RunTrees(StorageTables tables)
{
    private const string Descendants = "Descendants";
    private const int MaxTries = 200;

    /// <summary>
    /// Counts runs that are about to start; returns false, and counts nothing, when the tree has no room for them.
    /// </summary>
    public async Task<bool> TryGrowAsync(RunTree tree, int by, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var counter = await FindAsync(tree, cancellationToken);
            var next = (counter?.GetInt32(Descendants) ?? 0) + by;
            if (next > tree.Limit)
            {
                return false;
            }

            if (await TryWriteAsync(tree, counter, next, cancellationToken))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(tries, 20) * 5), cancellationToken);
        }

        throw new InvalidOperationException($"The tree of {tree.Root} changed too often to be counted.");
    }

    /// <summary>Subtracts runs that did not start.</summary>
    public async Task ShrinkAsync(RunTree tree, int by, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var counter = await FindAsync(tree, cancellationToken);
            var next = Math.Max(0, (counter?.GetInt32(Descendants) ?? 0) - by);
            if (counter is null || await TryWriteAsync(tree, counter, next, cancellationToken))
            {
                return;
            }
        }
    }

    private Task<TableEntity?> FindAsync(RunTree tree, CancellationToken cancellationToken) =>
        tables.Runs.FindAsync(RunKey.Partition(tree.Root), RunKey.Tree, cancellationToken);

    private async Task<bool> TryWriteAsync(RunTree tree, TableEntity? before, int count, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(RunKey.Partition(tree.Root), RunKey.Tree) { [Descendants] = count };
        try
        {
            await (before is null
                ? tables.Runs.AddEntityAsync(entity, cancellationToken)
                : tables.Runs.UpdateEntityAsync(entity, before.ETag, TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }
}
