using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>
/// The answer of a request under an idempotency key, written in the very commit that makes it true: then a crash right after
/// the commit loses neither. It goes with the request's flow, so that the store finds it whichever way the change takes.
/// </summary>
public sealed class KeptAnswer(string environment, string key, string reservationId, Func<RunChanged, Task<ReadOnlyMemory<byte>?>> seal)
{
    private static readonly AsyncLocal<KeptAnswer?> Flow = new();

    private bool isClosed;

    /// <summary>Of the request that this flow answers; null where none carries a key.</summary>
    public static KeptAnswer? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public string Environment => environment;

    public string Key => key;

    /// <summary>Of the reservation, the same for every request under the key.</summary>
    public string ReservationId => reservationId;

    /// <summary>What was committed, sealed; null while nothing was.</summary>
    public ReadOnlyMemory<byte>? Committed { get; private set; }

    /// <summary>What is to be written with a change; null when it is not the one that the request asks for.</summary>
    public static async Task<Pending?> WithAsync(RunChanged change) =>
        Current is { isClosed: false, Committed: null } answer && await answer.SealAsync(change) is { } sealedAnswer
            ? new Pending(answer, sealedAnswer)
            : null;

    /// <summary>The request is answered: what its flow set off and what still runs does not belong to it.</summary>
    public void Close() => isClosed = true;

    private Task<ReadOnlyMemory<byte>?> SealAsync(RunChanged change) => seal(change);

    /// <summary>An answer on its way into a commit.</summary>
    public sealed record Pending(KeptAnswer Answer, ReadOnlyMemory<byte> Sealed)
    {
        /// <summary>Called when the commit is durable.</summary>
        public void IsCommitted() => Answer.Committed = Sealed;
    }
}

/// <summary>A change of a run that is about to be written.</summary>
/// <param name="RunId">Whose.</param>
/// <param name="Run">The run as it will be; null when only a task changes.</param>
/// <param name="Tasks">The tasks that change, as they will be.</param>
public sealed record RunChanged(string RunId, Run? Run, IReadOnlyList<HumanTask> Tasks)
{
    public static RunChanged Of(TurnCommit commit) => new(commit.Run.Id, commit.Run, commit.Tasks);

    public static RunChanged Of(HumanTask task) => new(task.RunId, null, [task]);
}
