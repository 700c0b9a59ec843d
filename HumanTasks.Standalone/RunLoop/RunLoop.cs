using System.Collections.Concurrent;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>
/// The background service that gives runs their turns. It holds only wake-ups in memory: the store knows which runs are
/// due (<see cref="Run.WakeAt"/>) and which have new responses, so a new process continues where the last one stopped.
/// </summary>
internal sealed partial class RunLoop : BackgroundService, IRunHost
{
    /// <summary>
    /// The number of turns that run at once; they mostly wait for the disk. Effects run beside them, in lanes.
    /// </summary>
    private const int Workers = 64;

    /// <summary>How long a run waits for a slot in a lane before it checks whether it still needs one.</summary>
    private static readonly TimeSpan LongestInLane = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before looking again for a run that found no room.</summary>
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    private readonly Func<Turn, Func<EffectLane, bool>, CancellationToken, Task<Advanced>> advance;
    private readonly EffectLanes lanes;
    private readonly ConcurrentDictionary<Task, WokenRun> aside = new();
    private readonly SqliteRunStore store;
    private readonly StorageState storage;
    private readonly TimeProvider time;
    private readonly ILogger<RunLoop> logger;
    private readonly WokenRuns woken = new();
    private readonly RunWatches watches;
    private readonly Alarm alarm;
    private readonly RunClock clock;
    private readonly CancellationTokenSource abandoned = new();

    public RunLoop(
        Func<Turn, Func<EffectLane, bool>, CancellationToken, Task<Advanced>> advance,
        EffectLanes lanes,
        SqliteRunStore store,
        StorageState storage,
        TimeProvider time,
        ILogger<RunLoop> logger)
    {
        this.storage = storage;
        this.advance = advance;
        this.lanes = lanes;
        this.store = store;
        this.time = time;
        this.logger = logger;
        watches = new RunWatches(time);
        alarm = new Alarm(time);
        clock = new RunClock(store, woken, alarm, time, logger);
        store.Changed += OnChanged;
        Telemetry.WatchWakeUps(() => woken.Count);
    }

    /// <summary>Wakes a run that is due. The commit already set the timer of one that waits.</summary>
    Task IRunHost.StartAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.WakeAt <= time.GetUtcNow())
        {
            woken.Wake(run.Id, Signal.Started, again: true);
        }

        return Task.CompletedTask;
    }

    public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken)
    {
        woken.Wake(runId, signal, again: true);
        return Task.CompletedTask;
    }

    /// <summary>Wakes a run that wants a turn at once. The commit already set the timer of one that waits.</summary>
    public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
        next.IsOver || next.WaitsUntil is not null ? Task.CompletedTask : SignalAsync(runId, Signal.Continue, cancellationToken);

    public IRunWatch Watch(string runId) => watches.Open(runId);

    /// <summary>
    /// Takes no new turns and lets current ones end; cancels them when the host's shutdown timeout is over.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(state => ((CancellationTokenSource)state!).Cancel(), abandoned))
        {
            await base.StopAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        store.Changed -= OnChanged;
        abandoned.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IEnumerable<Task> tasks = [clock.KeepAsync(stoppingToken), .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken))];
        await Task.WhenAll(tasks);
        while (!aside.IsEmpty)
        {
            await Task.WhenAll(aside.Keys);
        }
    }

    private void OnChanged(string runId, DateTimeOffset? wakeAt)
    {
        watches.Changed(runId);
        if (wakeAt is { } at && !woken.Has(runId))
        {
            var now = time.GetUtcNow();
            alarm.Set(at > now ? at : now + RunClock.Grace);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var run in woken.QueueAsync(stopping))
            {
                var turn = new Turn(run.RunId, Turn.AnyNumber, woken.Take(run), Attempts: run.Faults);
                var enters = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var turns = GiveTurnsAsync(run, turn, null, enters.SetResult, stopping);
                if (await Task.WhenAny(turns, enters.Task) != turns)
                {
                    KeepAside(turns, run); // an effect of the run is in progress, and this worker is free
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // what is still queued is due in the store as well
        }
    }

    /// <summary>Gives turns to a run until it wants none for now, or waits for a slot for an effect.</summary>
    /// <param name="run">The run.</param>
    /// <param name="turn">The first turn.</param>
    /// <param name="slot">
    /// A slot for the effect of that turn. Without it the turn takes one if the lane has room.
    /// </param>
    /// <param name="enters">A callback that is called once, when the first effect begins.</param>
    /// <param name="stopping">Ends the loop between two turns.</param>
    private async Task GiveTurnsAsync(
        WokenRun run, Turn turn, EffectSlot? slot, Action? enters, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var (next, wants) = await advance(turn, Enter, abandoned.Token);
                slot?.Dispose();
                slot = null;
                if (wants is { } lane)
                {
                    // not a success yet: the turn with the effect may be the one that keeps failing
                    var later = turn.Then(next, Signal.Continue) with { Number = Turn.AnyNumber };
                    GoAside(run, later, lane, stopping);
                    return;
                }

                run.Failures = run.Faults = 0;
                if (!next.IsOver && next.WaitsUntil is null)
                {
                    turn = turn.Then(next, Signal.Continue);
                }
                else if (woken.Leave(run) is { } again)
                {
                    turn = turn.Then(next, again);
                }
                else
                {
                    // only now, because until here the search for due runs skipped this run
                    alarm.Set(next.WaitsUntil ?? DateTimeOffset.MaxValue);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the next start takes the turn again
        }
        catch (Exception problem)
        {
            BackOff(run, problem);
        }
        finally
        {
            slot?.Dispose();
        }

        bool Enter(EffectLane lane)
        {
            if (slot?.Lane != lane)
            {
                slot?.Dispose();
                slot = lanes.TryEnter(lane);
            }

            if (slot is not null)
            {
                Interlocked.Exchange(ref enters, null)?.Invoke();
            }

            return slot is not null;
        }
    }

    private void GoAside(WokenRun run, Turn turn, EffectLane lane, CancellationToken stopping) =>
        KeepAside(WaitInLaneAsync(run, turn, lane, stopping), run);

    /// <summary>Tracks turns that no worker waits for, so that the host does not stop before they end.</summary>
    private void KeepAside(Task turns, WokenRun run)
    {
        aside.TryAdd(turns, run);
        _ = turns.ContinueWith(over => aside.TryRemove(over, out _), TaskScheduler.Default);
    }

    /// <summary>Waits for a slot without holding a worker, then takes the turn that performs the effect.</summary>
    private async Task WaitInLaneAsync(WokenRun run, Turn turn, EffectLane lane, CancellationToken stopping)
    {
        woken.StepAside();
        await Task.Yield();
        EffectSlot? slot;
        try
        {
            slot = await lanes.EnterAsync(lane, LongestInLane, time, stopping);
        }
        catch (OperationCanceledException)
        {
            return; // its effect is due in the store as well
        }

        woken.StepBack();
        if (slot is not null)
        {
            await GiveTurnsAsync(run, turn, slot, null, stopping);
        }
        else if (woken.Leave(run) is { } again)
        {
            await GiveTurnsAsync(run, turn with { Signal = again }, null, null, stopping);
        }
        else
        {
            alarm.Set(time.GetUtcNow() + LooksAgainAfter);
        }
    }

    private void BackOff(WokenRun run, Exception problem)
    {
        var isFault = !RunFaults.IsWaitedOut(problem);
        woken.Fail(run, isFault);
        if (problem is StorageUnavailableException)
        {
            _ = RetryWhenGoodAsync();
            return;
        }

        var wait = run.Faults == EngineOptions.UsualAttempts && isFault
            ? TimeSpan.Zero // no attempts left: it fails now
            : TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(run.Failures, 30) - 1)));
        _ = RetryAsync();
        LogTurnFailed(run.RunId, run.Failures, wait, problem);

        async Task RetryAsync()
        {
            await Task.Delay(wait, time, CancellationToken.None);
            woken.Retry(run);
        }

        // not the run's fault: it continues after the first successful commit
        async Task RetryWhenGoodAsync()
        {
            await storage.Good;
            woken.Retry(run);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Run {RunId} failed {Failures} times in a row. Retrying in {Wait}.")]
    private partial void LogTurnFailed(string runId, int failures, TimeSpan wait, Exception problem);
}
