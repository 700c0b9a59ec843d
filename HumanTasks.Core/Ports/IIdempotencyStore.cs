namespace HumanTasks.Core.Ports;

/// <summary>
/// What callers asked under an idempotency key. The key is reserved together with the id that the request will use
/// before anything happens, so that a request repeated after a crash comes to the same run; its answer is kept sealed.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>
    /// Reserves, or answers the reservation that is there; one that was released takes the hash of this request. A
    /// reservation older than its lifetime is replaced.
    /// </summary>
    Task<Reservation> ReserveAsync(
        string environment, string key, Reservation proposed, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Keeps the answer of a request. Leaves an answer that is already there alone.</summary>
    Task CompleteAsync(
        string environment, string key, ReadOnlyMemory<byte> sealedAnswer, CancellationToken cancellationToken);

    /// <summary>
    /// The answer that was written with a change of one of these runs (<see cref="KeptAnswer"/>) and is not yet in the
    /// reservation; null when there is none.
    /// </summary>
    Task<ReadOnlyMemory<byte>?> FindKeptAsync(
        string reservationId, IReadOnlyList<string> runIds, CancellationToken cancellationToken);

    /// <summary>
    /// Lets the next request under a key be another one: this one was refused, and nothing was done. Leaves a reservation
    /// with an answer alone. The id stays reserved.
    /// </summary>
    Task ReleaseAsync(string environment, string key, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> reservations made before a moment; answers how many.</summary>
    Task<int> PurgeReservationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

/// <param name="Id">The id that the request uses for what it creates.</param>
/// <param name="RequestHash">SHA-256 over method, path and body, in hexadecimal; empty while it is released.</param>
/// <param name="MadeAt">When the key was first seen.</param>
/// <param name="SealedAnswer">The answer, encrypted, once there is one.</param>
public sealed record Reservation(string Id, string RequestHash, DateTimeOffset MadeAt, ReadOnlyMemory<byte>? SealedAnswer = null)
{
    /// <summary>Whether the next request decides what the key is for.</summary>
    public bool IsReleased => RequestHash.Length == 0 && SealedAnswer is null;
}
