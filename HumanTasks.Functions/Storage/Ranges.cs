using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>Reads ranges of row keys in one partition, the only kind of query in this store.</summary>
internal static class Ranges
{
    /// <summary>The maximum page size of the service.</summary>
    public const int MaxPage = 1000;

    /// <summary>Returns the entities from a key up to, but not including, another one, in key order.</summary>
    public static IAsyncEnumerable<TableEntity> RangeAsync(
        this TableClient table,
        string partition,
        string from,
        string to,
        CancellationToken cancellationToken,
        int? pageSize = null) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"),
            pageSize,
            null,
            cancellationToken);

    /// <summary>Returns the entities whose keys continue another one.</summary>
    public static async Task<List<TableEntity>> ListAsync(
        this TableClient table, string partition, string prefix, CancellationToken cancellationToken)
    {
        var entities = new List<TableEntity>();
        await foreach (var entity in table.RangeAsync(partition, Key.Under(prefix), Key.After(prefix), cancellationToken))
        {
            entities.Add(entity);
        }

        return entities;
    }

    public static async Task<TableEntity?> FindAsync(
        this TableClient table, string partition, string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, null, cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>
    /// Reads several ranges at once and yields their entities merged by place.
    /// </summary>
    public static async IAsyncEnumerable<TableEntity> MergeAsync(
        IEnumerable<IAsyncEnumerable<TableEntity>> ranges,
        Func<TableEntity, string> place,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = ranges.Select(range => range.GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var alive = await Task.WhenAll(heads.Select(head => head.MoveNextAsync().AsTask()));
            var queue = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(StringComparer.Ordinal);
            foreach (var (head, _) in heads.Zip(alive).Where(pair => pair.Second))
            {
                queue.Enqueue(head, place(head.Current));
            }

            while (queue.TryDequeue(out var head, out _))
            {
                yield return head.Current;
                if (await head.MoveNextAsync())
                {
                    queue.Enqueue(head, place(head.Current));
                }
            }
        }
        finally
        {
            foreach (var head in heads)
            {
                await head.DisposeAsync();
            }
        }
    }
}
