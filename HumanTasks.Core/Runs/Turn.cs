namespace HumanTasks.Core.Runs;

/// <summary>Why a turn is taken. A signal is only a wake-up: what happened is read from the store.</summary>
public enum Signal
{
    Started,
    Continue,
    HumanResponse,
    DeadlinePassed,
    Cancelled,
    Retry,

    /// <summary>Its turn was tried in vain: the run fails where people see it.</summary>
    GivenUp,
}

/// <summary>One turn of a run. Plain, because it crosses the boundary of an orchestration.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Number">The version of the run that the turn expects to find; a run that is past it was already there.</param>
/// <param name="Signal">Why.</param>
/// <param name="Reason">Of a cancellation, in the words of whoever cancelled.</param>
/// <param name="By">Who cancelled or asked for another try.</param>
/// <param name="After">What the run wanted when it was stored: a turn that comes after a wait is not taken before it.</param>
/// <param name="Attempts">How often the turn was tried that is given up.</param>
public sealed record Turn(
    string RunId, int Number, Signal Signal, string? Reason = null, string? By = null, Next? After = null, int Attempts = 0)
{
    /// <summary>The number of a turn that takes the run as it finds it: one that nobody repeats, as an activity may be.</summary>
    public const int AnyNumber = int.MaxValue;

    public static Turn First(string runId) => new(runId, 0, Signal.Started);

    public Turn Then(Next next, Signal signal) => new(RunId, next.Turn, signal);
}

/// <summary>What a run wants after a turn. Plain, because it crosses the boundary of an orchestration.</summary>
/// <param name="Turn">The number of the next turn.</param>
/// <param name="IsOver">It wants no more turns, unless somebody starts it again (a queued run, a retry).</param>
/// <param name="WaitsUntil">The run waits for a person or for its retry until then; null goes on at once.</param>
/// <param name="WaitsFor">The human task that it waits for, to show in a status.</param>
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
