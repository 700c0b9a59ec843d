using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The store of small documents: a partition for each owner. A document with its own expiry has a note beside it, by
/// which it is purged.
/// </summary>
internal sealed class TableDocumentStore(StorageTables tables, Bodies bodies) : IDocumentStore
{
    private const string Version = "Version";
    private const string ExpiresAt = "ExpiresAt";
    private const string Owner = "Owner";
    private const string Id = "Id";
    private const string Due = "~due";
    private const string AfterAll = "\u007f"; // keys are visible ASCII
    private const int Buckets = 16;

    public async Task<Document?> FindAsync(string owner, string key, CancellationToken cancellationToken) =>
        await tables.Documents.FindAsync(owner, key, cancellationToken) is { } entity
            ? await ReadAsync(entity, cancellationToken)
            : null;

    public async Task<IReadOnlyList<Document>> ListAsync(
        string owner, string prefix, int limit, CancellationToken cancellationToken)
    {
        List<Document> documents = [];
        var range = tables.Documents.RangeAsync(
            owner, prefix, prefix + AfterAll, cancellationToken, Math.Min(limit, Ranges.MaxPage));
        await foreach (var entity in range)
        {
            documents.Add(await ReadAsync(entity, cancellationToken));
            if (documents.Count == limit)
            {
                break;
            }
        }

        return documents;
    }

    public async Task<bool> PutAsync(Document document, CancellationToken cancellationToken)
    {
        TableEntity? before = null;
        if (document.Version > 1)
        {
            before = await tables.Documents.FindAsync(document.Owner, document.Key, cancellationToken);
            if (before?.GetInt32(Version) != document.Version - 1)
            {
                return false;
            }
        }

        var entity = new TableEntity(document.Owner, document.Key)
        {
            [Version] = document.Version,
            [ExpiresAt] = document.ExpiresAt?.UtcTicks,
        };
        var stamp = $"{Key.Version(document.Version)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        await bodies.PutAsync(entity, document.Body, stamp, new Room(), cancellationToken);
        await NoteAsync(document, cancellationToken);
        try
        {
            await (before is null
                ? tables.Documents.AddEntityAsync(entity, cancellationToken)
                : tables.Documents.UpdateEntityAsync(entity, before.ETag, TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    public async Task DeleteAsync(string owner, string key, CancellationToken cancellationToken)
    {
        if (await tables.Documents.FindAsync(owner, key, cancellationToken) is { } entity)
        {
            await DeleteAsync(entity, cancellationToken);
        }
    }

    public async Task DeleteOwnerAsync(string owner, CancellationToken cancellationToken)
    {
        List<TableEntity> entities = [];
        await foreach (var entity in tables.Documents.RangeAsync(owner, "", AfterAll, cancellationToken))
        {
            entities.Add(entity);
        }

        if (entities.Exists(Bodies.IsLarge))
        {
            await bodies.DeleteLargeAsync(owner, cancellationToken);
        }

        foreach (var chunk in entities.Chunk(IndexWriter.MaxActions))
        {
            await tables.Documents.SubmitTransactionAsync(
                chunk.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)),
                cancellationToken);
        }
    }

    public async Task<int> PurgeDocumentsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var purged = 0;
        var until = Key.Ascending(now.UtcTicks + 1);
        var notes = Ranges.MergeAsync(
            Enumerable.Range(0, Buckets).Select(bucket => tables.Documents.RangeAsync(
                BucketOf(bucket), "", until, cancellationToken, Math.Min(limit, Ranges.MaxPage))),
            note => note.RowKey,
            cancellationToken);
        await foreach (var note in notes)
        {
            if (purged == limit)
            {
                break;
            }

            var entity = await tables.Documents.FindAsync(note.GetString(Owner), note.GetString(Id), cancellationToken);
            if (entity?.GetInt64(ExpiresAt) is { } expires && expires <= now.UtcTicks)
            {
                await DeleteAsync(entity, cancellationToken);
                purged++;
            }

            await tables.Documents.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, cancellationToken);
        }

        return purged;
    }

    private async Task DeleteAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        if (Bodies.IsLarge(entity))
        {
            await bodies.DeleteLargeAsync($"{entity.PartitionKey}/{entity.RowKey}", cancellationToken);
        }

        try
        {
            await tables.Documents.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, entity.ETag, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // rewritten or deleted meanwhile
        }
    }

    private Task NoteAsync(Document document, CancellationToken cancellationToken)
    {
        if (document.ExpiresAt is not { } expires)
        {
            return Task.CompletedTask;
        }

        var whole = $"{document.Owner}\n{document.Key}";
        var row = Key.Join(Key.Ascending(expires.UtcTicks), Key.Of(whole));
        return tables.Documents.UpsertEntityAsync(
            new TableEntity(BucketOf(Key.Of(whole)[^1] % Buckets), row) { [Owner] = document.Owner, [Id] = document.Key },
            TableUpdateMode.Replace,
            cancellationToken);
    }

    private static string BucketOf(int bucket) => Key.Join(Due, bucket.ToString("x", null));

    private async Task<Document> ReadAsync(TableEntity entity, CancellationToken cancellationToken) => new(
        entity.PartitionKey,
        entity.RowKey,
        await bodies.GetAsync(entity, cancellationToken),
        entity.GetInt32(Version) ?? 1,
        entity.GetInt64(ExpiresAt) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
}
