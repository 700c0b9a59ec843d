namespace HumanTasks.Core.Ports;

/// <summary>
/// The answer of a request with an idempotency key, written in the same commit as the change, so a crash after the
/// commit loses neither. It flows with the asynchronous context of the request, so the store finds it wherever the
/// change is made.
/// </summary>
public sealed class KeptAnswer(string environment, string key, string reservationId, Func<RunChanged, Task<ReadOnlyMemory<byte>?>> seal)
{
    private static readonly AsyncLocal<KeptAnswer?> Flow = new();

    private bool isClosed;

    /// <summary>The answer of the current request; null if it has no key.</summary>
    public static KeptAnswer? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public string Environment => environment;

    public string Key => key;

    /// <summary>The ID of the reservation, the same for every request with the key.</summary>
    public string ReservationId => reservationId;

    /// <summary>The committed, encrypted answer; null before the commit.</summary>
    public ReadOnlyMemory<byte>? Committed { get; private set; }

    /// <summary>
    /// Returns the answer to write with a change; null if it is not the change that the request asks for.
    /// </summary>
    public static async Task<Pending?> WithAsync(RunChanged change) =>
        Current is { isClosed: false, Committed: null } answer && await answer.SealAsync(change) is { } sealedAnswer
            ? new Pending(answer, sealedAnswer)
            : null;

    /// <summary>
    /// Ends the capture once the request is answered. Work that the request started and that still runs is not part of
    /// it.
    /// </summary>
    public void Close() => isClosed = true;

    private Task<ReadOnlyMemory<byte>?> SealAsync(RunChanged change) => seal(change);

    /// <summary>An answer about to be committed.</summary>
    public sealed record Pending(KeptAnswer Answer, ReadOnlyMemory<byte> Sealed)
    {
        /// <summary>Marks the commit as durable.</summary>
        public void IsCommitted() => Answer.Committed = Sealed;
    }
}
