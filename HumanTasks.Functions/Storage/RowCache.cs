using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// A cache of the rows of runs and tasks that this process last read or wrote, without their bodies: what a conditional
/// write needs of the row that it replaces. A stale row fails the condition and is read again.
/// </summary>
internal sealed class RowCache
{
    private const int Capacity = 5_000;

    private readonly ConcurrentDictionary<(string Partition, string Row), TableEntity> rows = new();

    /// <summary>Caches a row under its current ETag.</summary>
    public void Note(TableEntity entity)
    {
        if (entity.ETag == default)
        {
            Forget(entity.PartitionKey, entity.RowKey);
            return;
        }

        if (rows.Count >= Capacity)
        {
            rows.Clear();
        }

        rows[(entity.PartitionKey, entity.RowKey)] = Bodies.Without(entity);
    }

    public void Forget(string partition, string row) => rows.TryRemove((partition, row), out _);

    /// <summary>Returns the cached row if it is at this version.</summary>
    public TableEntity? Find(string partition, string row, int version) =>
        rows.TryGetValue((partition, row), out var entity) && Records.VersionOf(entity) == version ? entity : null;
}
