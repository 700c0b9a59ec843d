namespace HumanTasks.Core.Runs;

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
