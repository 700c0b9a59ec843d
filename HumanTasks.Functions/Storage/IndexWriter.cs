using Azure;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Writes and deletes index rows. Every operation may be repeated and may come late: readers detect a row whose record
/// has moved on.
/// </summary>
internal sealed class IndexWriter(TableClient index)
{
    /// <summary>The maximum number of changes in one entity group transaction.</summary>
    public const int MaxActions = 100;

    public Task WriteAsync(
        IEnumerable<IndexRow> rows, IEnumerable<RowAddress> gone, CancellationToken cancellationToken)
    {
        List<IndexRow> added = [.. rows.DistinctBy(row => row.Address)];
        var writes = added
            .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.ToEntity()))
            .Concat(gone
                .Except(added.Select(row => row.Address))
                .Select(row => new TableTransactionAction(
                    TableTransactionActionType.Delete, new TableEntity(row.Partition, row.Row), ETag.All)));
        return Task.WhenAll(writes
            .GroupBy(action => action.Entity.PartitionKey)
            .SelectMany(partition => partition.Chunk(MaxActions))
            .Select(chunk => SubmitAsync(chunk, cancellationToken)));
    }

    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) =>
        index.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Deletes a row if it exists.</summary>
    public Task TakeAwayAsync(RowAddress row, CancellationToken cancellationToken) =>
        index.DeleteEntityAsync(row.Partition, row.Row, ETag.All, cancellationToken);

    private async Task SubmitAsync(TableTransactionAction[] actions, CancellationToken cancellationToken)
    {
        try
        {
            if (actions.Length > 1)
            {
                await index.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // a row was already deleted; deleted one by one, a missing row is not a failure
        }

        foreach (var action in actions)
        {
            await (action.ActionType == TableTransactionActionType.Delete
                ? TakeAwayAsync(new RowAddress(action.Entity.PartitionKey, action.Entity.RowKey), cancellationToken)
                : PutAsync((TableEntity)action.Entity, cancellationToken));
        }
    }
}
