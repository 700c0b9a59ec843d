using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>Wakes runs when they are due: the store says which runs are due, the alarm when to look.</summary>
internal sealed partial class RunClock(SqliteRunStore store, WokenRuns woken, Alarm alarm, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// How long a run that wants a turn at once is left to the writer that starts it. After that the loop looks itself.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The number of due runs that are woken at once; the others wait until some of these finish.</summary>
    private const int MaxBusy = 1000;

    private const int Batch = 200;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Wakes runs that received responses while the host was stopped, then keeps waking runs that are due.
    /// </summary>
    public async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            await TryAsync(() => WakeAnsweredAsync(stopping), stopping);
            while (true)
            {
                alarm.Clear();
                await TryAsync(() => WakeDueAsync(stopping), stopping);
                await alarm.SleepAsync(LongestSleep, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // due runs stay due in the store
        }
    }

    private async Task TryAsync(Func<Task> look, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await look();
                return;
            }
            catch (Exception problem) when (!stopping.IsCancellationRequested)
            {
                if (problem is not StorageUnavailableException)
                {
                    LogTimerFailed(problem);
                }

                await Task.Delay(Grace, time, stopping);
            }
        }
    }

    private async Task WakeAnsweredAsync(CancellationToken stopping)
    {
        DueRun? last = null;
        do
        {
            await woken.RoomAsync(MaxBusy, stopping);
            var batch = await store.AnsweredRunsAsync(last, Batch, stopping);
            foreach (var run in batch)
            {
                woken.Wake(run.RunId, Signal.HumanResponse, again: false);
            }

            last = batch.Count == Batch ? batch[^1] : null;
        }
        while (last is not null);
    }

    private async Task WakeDueAsync(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        DueRun? last = null;
        do
        {
            await woken.RoomAsync(MaxBusy, stopping);
            var batch = await store.DueRunsAsync(now, last, Batch, stopping);
            foreach (var run in batch)
            {
                var signal = run.Status == RunStatus.Paused ? Signal.DeadlinePassed : Signal.Continue;
                woken.Wake(run.RunId, signal, again: false);
            }

            last = batch.Count == Batch ? batch[^1] : null;
        }
        while (last is not null);

        alarm.Set(await store.NextWakeAsync(now, stopping) ?? DateTimeOffset.MaxValue);
    }

    [LoggerMessage(2, LogLevel.Error, "Couldn't look up due runs. Retrying.")]
    private partial void LogTimerFailed(Exception problem);
}
