using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Runs and tasks as this process last saw or wrote them, without their bodies: what a conditional write needs of the
/// row that it replaces. What is stale here fails the condition and is read again.
/// </summary>
internal sealed class Seen
{
    private const int Capacity = 5_000;

    private readonly ConcurrentDictionary<(string Partition, string Row), TableEntity> rows = new();

    /// <summary>Remembers a row under the ETag that it has.</summary>
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

    /// <summary>The row, if it was at this version when it was last seen.</summary>
    public TableEntity? Find(string partition, string row, int version) =>
        rows.TryGetValue((partition, row), out var entity) && Records.VersionOf(entity) == version ? entity : null;
}
