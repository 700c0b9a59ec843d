namespace HumanTasks.Core.Ports;

/// <summary>
/// Stores requests by idempotency key. Before a request does anything, its key is reserved with the ID that it will
/// use, so a request repeated after a crash reaches the same run. Its answer is stored encrypted.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>
    /// Reserves a key, or returns the existing reservation. A released reservation gets the hash of this request, and
    /// one older than its lifetime is replaced.
    /// </summary>
    Task<Reservation> ReserveAsync(
        string environment, string key, Reservation proposed, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Stores the answer of a request, unless there already is one.</summary>
    Task CompleteAsync(
        string environment, string key, ReadOnlyMemory<byte> sealedAnswer, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the answer that was written with a change of one of these runs (<see cref="KeptAnswer"/>) and is not yet
    /// in the reservation; null if there is none.
    /// </summary>
    Task<ReadOnlyMemory<byte>?> FindKeptAsync(
        string reservationId, IReadOnlyList<string> runIds, CancellationToken cancellationToken);

    /// <summary>
    /// Frees a key for a different request, because this one was refused and changed nothing. Reservations with an
    /// answer are unchanged. The ID stays reserved.
    /// </summary>
    Task ReleaseAsync(string environment, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> reservations created before a moment. Returns their number.
    /// </summary>
    Task<int> PurgeReservationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
