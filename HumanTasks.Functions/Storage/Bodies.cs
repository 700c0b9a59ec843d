using System.Globalization;
using Azure.Data.Tables;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The JSON of a record in its entity. A binary property holds at most 64 KiB and an entity 1 MiB, so a body is split
/// over several properties. A larger body goes to the large values under a name that no other write uses. Replaced
/// values stay until the run is purged, for readers of the older entity.
/// </summary>
internal sealed class Bodies(ILargeValues large)
{
    private const string Body = "Body";
    private const string Large = "Large";
    private const int ChunkBytes = 60_000;
    private const int MaxChunks = 4;

    /// <summary>Adds a body to its entity.</summary>
    /// <param name="entity">The entity that receives the body.</param>
    /// <param name="body">The body, at most some megabytes.</param>
    /// <param name="stamp">The stamp of the write, a part of the large value's name.</param>
    /// <param name="room">The bytes left in the transaction that writes the entity.</param>
    /// <param name="cancellationToken">Stops the upload of a large value.</param>
    public async Task PutAsync(
        TableEntity entity, ReadOnlyMemory<byte> body, string stamp, Room room, CancellationToken cancellationToken)
    {
        if (body.Length > ChunkBytes * MaxChunks || !room.TryTake(body.Length))
        {
            var name = $"{entity.PartitionKey}/{entity.RowKey}/{stamp}";
            await large.PutAsync(name, body, cancellationToken);
            entity[Large] = name;
            return;
        }

        for (var i = 0; i == 0 || i * ChunkBytes < body.Length; i++)
        {
            var start = i * ChunkBytes;
            entity[Column(i)] = body[start..Math.Min(start + ChunkBytes, body.Length)].ToArray();
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        if (entity.GetString(Large) is { } name)
        {
            return await large.GetAsync(name, cancellationToken);
        }

        var first = entity.GetBinary(Column(0));
        if (!entity.ContainsKey(Column(1)))
        {
            return first;
        }

        using var whole = new MemoryStream();
        for (var i = 0; entity.GetBinary(Column(i)) is { } chunk; i++)
        {
            whole.Write(chunk);
        }

        return whole.ToArray();
    }

    /// <summary>Returns whether any part of this entity is stored as a large value.</summary>
    public static bool IsLarge(TableEntity entity) => entity.ContainsKey(Large);

    /// <summary>Returns a copy of the entity without its body, under the same ETag.</summary>
    public static TableEntity Without(TableEntity entity)
    {
        var copy = new TableEntity(entity.PartitionKey, entity.RowKey) { ETag = entity.ETag };
        foreach (var (name, value) in entity)
        {
            if (!name.StartsWith(Body, StringComparison.Ordinal) && name is not ("PartitionKey" or "RowKey" or "odata.etag"))
            {
                copy[name] = value;
            }
        }

        return copy;
    }

    /// <summary>Deletes every large value of a partition.</summary>
    public Task DeleteLargeAsync(string partition, CancellationToken cancellationToken) =>
        large.DeleteAllAsync($"{partition}/", cancellationToken);

    private static string Column(int number) => number == 0 ? Body : Body + number.ToString(CultureInfo.InvariantCulture);
}
