using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>The store of callers' idempotency keys.</summary>
internal sealed class SqliteIdempotencyStore(Database database) : IIdempotencyStore
{
    public Task<Reservation> ReserveAsync(
        string environment, string key, Reservation proposed, TimeSpan lifetime, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (Find(connection, environment, key) is { } there && proposed.MadeAt - there.MadeAt < lifetime)
                {
                    if (there.IsReleased)
                    {
                        there = there with { RequestHash = proposed.RequestHash };
                        Replace(connection, environment, key, there);
                    }

                    return there;
                }

                Replace(connection, environment, key, proposed);
                return proposed;
            },
            cancellationToken);

    public Task CompleteAsync(
        string environment, string key, ReadOnlyMemory<byte> sealedAnswer, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Complete(connection, environment, key, sealedAnswer), cancellationToken);

    /// <summary>Stores a response in the transaction of the change that it reports.</summary>
    public static int Complete(Connection connection, string environment, string key, ReadOnlyMemory<byte> sealedAnswer) => connection
        .Prepare(
            """
            UPDATE reservations SET sealed_answer = ?3
            WHERE environment = ?1 AND idempotency_key = ?2 AND sealed_answer IS NULL
            """)
        .Bind(environment)
        .Bind(key)
        .Bind(sealedAnswer.Span)
        .Run();

    /// <summary>Finds nothing more: a response stored with its change is already in the reservation.</summary>
    public Task<ReadOnlyMemory<byte>?> FindKeptAsync(
        string reservationId, IReadOnlyList<string> runIds, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task ReleaseAsync(string environment, string key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection
                .Prepare(
                    """
                    UPDATE reservations SET request_hash = ''
                    WHERE environment = ?1 AND idempotency_key = ?2 AND sealed_answer IS NULL
                    """)
                .Bind(environment)
                .Bind(key)
                .Run(),
            cancellationToken);

    public Task<int> PurgeReservationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection
                .Prepare(
                    """
                    DELETE FROM reservations
                    WHERE rowid IN (SELECT rowid FROM reservations WHERE made_at < ?1 ORDER BY made_at LIMIT ?2)
                    """)
                .Bind(before)
                .Bind(limit)
                .Run(),
            cancellationToken);

    private static Reservation? Find(Connection connection, string environment, string key)
    {
        using var row = connection
            .Prepare(
                """
                SELECT id, request_hash, made_at, sealed_answer FROM reservations
                WHERE environment = ?1 AND idempotency_key = ?2
                """)
            .Bind(environment)
            .Bind(key);
        if (!row.Step())
        {
            return null;
        }

        var made = new Reservation(row.Text(0), row.Text(1), row.Time(2));
        return row.IsNull(3) ? made : made with { SealedAnswer = row.Blob(3).ToArray() };
    }

    private static void Replace(Connection connection, string environment, string key, Reservation reservation) => connection
        .Prepare(
            """
            INSERT INTO reservations (environment, idempotency_key, id, request_hash, made_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (environment, idempotency_key) DO UPDATE SET
                id = excluded.id,
                request_hash = excluded.request_hash,
                made_at = excluded.made_at,
                sealed_answer = NULL
            """)
        .Bind(environment)
        .Bind(key)
        .Bind(reservation.Id)
        .Bind(reservation.RequestHash)
        .Bind(reservation.MadeAt)
        .Run();
}
