namespace HumanTasks.Core.Runs;

/// <summary>Why a turn is taken. A signal only wakes the run; the turn reads what happened from the store.</summary>
public enum Signal
{
    Started,
    Continue,
    HumanResponse,
    DeadlinePassed,
    Cancelled,
    Retry,

    /// <summary>All attempts at the turn failed, so the run fails visibly.</summary>
    GivenUp,
}

/// <summary>One turn of a run. A plain record, because it crosses an orchestration boundary.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Number">
/// The version of the run that the turn expects. A run at a later version has already taken the turn.
/// </param>
/// <param name="Signal">Why the turn is taken.</param>
/// <param name="Reason">The reason of a cancellation, as given.</param>
/// <param name="By">The person or program that cancelled or retried the run.</param>
/// <param name="After">
/// The time of the next turn as stored with the run. A turn after a wait is not taken before it.
/// </param>
/// <param name="Attempts">The number of failed attempts at the turn.</param>
public sealed record Turn(
    string RunId, int Number, Signal Signal, string? Reason = null, string? By = null, Next? After = null, int Attempts = 0)
{
    /// <summary>
    /// The number of a turn that accepts any version of the run, because it is never repeated as an activity may be.
    /// </summary>
    public const int AnyNumber = int.MaxValue;

    public static Turn First(string runId) => new(runId, 0, Signal.Started);

    public Turn Then(Next next, Signal signal) => new(RunId, next.Turn, signal);
}

/// <summary>What a run wants after a turn. A plain record, because it crosses an orchestration boundary.</summary>
/// <param name="Turn">The number of the next turn.</param>
/// <param name="IsOver">
/// Whether the run needs no more turns, unless it is started again (a queued run, a retry).
/// </param>
/// <param name="WaitsUntil">
/// The time until which the run waits for a person or its retry; null continues immediately.
/// </param>
/// <param name="WaitsFor">The human task that the run waits for, shown in its status.</param>
public sealed record Next(int Turn, bool IsOver, DateTimeOffset? WaitsUntil = null, string? WaitsFor = null)
{
    public static Next Of(Run run) => new(
        run.Version,
        run.State is RunState.Queued || run.State.IsOver,
        run.State switch
        {
            RunState.Running { Retry: { } retry } => retry.Until,
            RunState.Paused { WakeAt: var at } paused => at <= run.UpdatedAt && at < paused.Until ? null : at,
            _ => null,
        },
        (run.State as RunState.Paused)?.TaskId);
}
