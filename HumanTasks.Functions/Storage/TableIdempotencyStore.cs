using Azure;
using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The store of callers' idempotency keys: an entity for each, and a row with its creation time for the purge.
/// </summary>
internal sealed class TableIdempotencyStore(StorageTables tables, Bodies bodies, RunPartition runs) : IIdempotencyStore
{
    private const string Id = "Id";
    private const string RequestHash = "RequestHash";
    private const string MadeAt = "MadeAt";
    private const string HasAnswer = "HasAnswer";
    private const string Partition = "Partition";
    private const string Made = "made";
    private const string Row = "reservation";
    private const int Buckets = 16;
    private const int MaxTries = 100;

    public async Task<Reservation> ReserveAsync(
        string environment, string key, Reservation proposed, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(environment, key);
        var entity = OfReservation(partition, proposed);
        var noted = NoteAsync(partition, proposed, cancellationToken);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = tries == 0 ? null : await tables.Reservations.FindAsync(partition, Row, cancellationToken);
            if (before is not null)
            {
                var there = await ReadAsync(before, cancellationToken);
                if (proposed.MadeAt - there.MadeAt < lifetime && !there.IsReleased)
                {
                    await noted;
                    return there;
                }

                if (there.IsReleased && proposed.MadeAt - there.MadeAt < lifetime)
                {
                    var bound = there with { RequestHash = proposed.RequestHash };
                    if (await TryWriteAsync(OfReservation(partition, bound), before, cancellationToken))
                    {
                        await noted;
                        return bound;
                    }

                    continue;
                }
            }

            if (await TryWriteAsync(entity, before, cancellationToken))
            {
                await noted;
                return proposed with { SealedAnswer = null };
            }
        }

        throw new InvalidOperationException("Too many concurrent requests use this idempotency key.");
    }

    public async Task CompleteAsync(
        string environment, string key, ReadOnlyMemory<byte> sealedAnswer, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(environment, key);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await tables.Reservations.FindAsync(partition, Row, cancellationToken);
            if (before is null || before.GetBoolean(HasAnswer) == true)
            {
                return;
            }

            var entity = OfReservation(partition, await ReadAsync(before, cancellationToken));
            entity[HasAnswer] = true;
            await bodies.PutAsync(entity, sealedAnswer, before.GetString(Id), new Room(), cancellationToken);
            if (await TryWriteAsync(entity, before, cancellationToken))
            {
                return;
            }
        }
    }

    public async Task<ReadOnlyMemory<byte>?> FindKeptAsync(
        string reservationId, IReadOnlyList<string> runIds, CancellationToken cancellationToken)
    {
        foreach (var runId in runIds.Where(runId => Ids.IsId(runId)))
        {
            if (await runs.FindAsync(runId, RunKey.OfAnswer(reservationId), cancellationToken) is { } entity)
            {
                return await bodies.GetAsync(entity, cancellationToken);
            }
        }

        return null;
    }

    public async Task ReleaseAsync(string environment, string key, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(environment, key);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await tables.Reservations.FindAsync(partition, Row, cancellationToken);
            if (before is null || before.GetBoolean(HasAnswer) == true)
            {
                return;
            }

            var released = await ReadAsync(before, cancellationToken) with { RequestHash = "" };
            if (await TryWriteAsync(OfReservation(partition, released), before, cancellationToken))
            {
                return;
            }
        }
    }

    public async Task<int> PurgeReservationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var purged = 0;
        var until = Key.Ascending(before.UtcTicks);
        var rows = Ranges.MergeAsync(
            Enumerable.Range(0, Buckets).Select(bucket => tables.Reservations.RangeAsync(
                Key.Join(Made, bucket.ToString("x", null)), "", until, cancellationToken, Math.Min(limit, Ranges.MaxPage))),
            row => row.RowKey,
            cancellationToken);
        await foreach (var note in rows)
        {
            if (purged == limit)
            {
                break;
            }

            purged += await PurgeAsync(note.GetString(Partition), before, cancellationToken) ? 1 : 0;
            await tables.Reservations.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, cancellationToken);
        }

        return purged;
    }

    private async Task<bool> PurgeAsync(string partition, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var entity = await tables.Reservations.FindAsync(partition, Row, cancellationToken);
        if (entity is null || entity.GetInt64(MadeAt) >= before.UtcTicks)
        {
            return false; // recreated meanwhile
        }

        if (Bodies.IsLarge(entity))
        {
            await bodies.DeleteLargeAsync(partition, cancellationToken);
        }

        try
        {
            var deleted = await tables.Reservations.DeleteEntityAsync(partition, Row, entity.ETag, cancellationToken);
            return !deleted.IsError;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    private async Task<bool> TryWriteAsync(TableEntity entity, TableEntity? before, CancellationToken cancellationToken)
    {
        try
        {
            await (before is null
                ? tables.Reservations.AddEntityAsync(entity, cancellationToken)
                : tables.Reservations.UpdateEntityAsync(entity, before.ETag, TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    private Task NoteAsync(string partition, Reservation reservation, CancellationToken cancellationToken)
    {
        var bucket = Key.Join(Made, (partition[^1] % Buckets).ToString("x", null));
        var row = Key.Join(Key.Ascending(reservation.MadeAt.UtcTicks), partition);
        return tables.Reservations.UpsertEntityAsync(
            new TableEntity(bucket, row) { [Partition] = partition }, TableUpdateMode.Replace, cancellationToken);
    }

    private static TableEntity OfReservation(string partition, Reservation reservation) => new(partition, Row)
    {
        [Id] = reservation.Id,
        [RequestHash] = reservation.RequestHash,
        [MadeAt] = reservation.MadeAt.UtcTicks,
        [HasAnswer] = false,
    };

    private async Task<Reservation> ReadAsync(TableEntity entity, CancellationToken cancellationToken) => new(
        entity.GetString(Id),
        entity.GetString(RequestHash),
        new DateTimeOffset(entity.GetInt64(MadeAt) ?? 0, TimeSpan.Zero),
        entity.GetBoolean(HasAnswer) == true ? await bodies.GetAsync(entity, cancellationToken) : default(ReadOnlyMemory<byte>?));

    /// <summary>
    /// Returns a partition for each key, because the keys of one environment need not be on one server.
    /// </summary>
    private static string PartitionOf(string environment, string key) => Key.Of($"{environment}\n{key}");
}
