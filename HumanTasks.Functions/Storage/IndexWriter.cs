using Azure;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Writes and takes away rows of the index. Everything here may be repeated and may come late: a row that points to a
/// record which has moved on is found out when it is read.
/// </summary>
internal sealed class IndexWriter(TableClient index)
{
    /// <summary>What one entity group transaction may change.</summary>
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

    /// <summary>Takes a row away; it need not be there.</summary>
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
            // somebody else has taken a row away before; one after the other, that is no failure
        }

        foreach (var action in actions)
        {
            await (action.ActionType == TableTransactionActionType.Delete
                ? TakeAwayAsync(new RowAddress(action.Entity.PartitionKey, action.Entity.RowKey), cancellationToken)
                : PutAsync((TableEntity)action.Entity, cancellationToken));
        }
    }
}
