using System.Threading.Channels;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone;

/// <summary>
/// The runs that wait for a turn, have one, or failed and wait for a retry. Each is listed once, so that two workers
/// never advance the same run. A wake-up during a turn adds one more turn afterwards.
/// </summary>
internal sealed class WokenRuns
{
    private readonly Channel<WokenRun> queue = Channel.CreateUnbounded<WokenRun>();
    private readonly Dictionary<string, WokenRun> woken = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int busy;
    private TaskCompletionSource? room;

    public IAsyncEnumerable<WokenRun> QueueAsync(CancellationToken cancellationToken) =>
        queue.Reader.ReadAllAsync(cancellationToken);

    /// <summary>The number of runs that are queued or have a turn.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return busy;
            }
        }
    }

    public bool Has(string runId)
    {
        lock (gate)
        {
            return woken.ContainsKey(runId);
        }
    }

    /// <summary>Wakes a run.</summary>
    /// <param name="runId">The run's ID.</param>
    /// <param name="signal">Why it is woken.</param>
    /// <param name="again">Whether a run that is already awake gets one more turn.</param>
    public void Wake(string runId, Signal signal, bool again)
    {
        lock (gate)
        {
            if (woken.TryGetValue(runId, out var there))
            {
                there.Again = again && there.InHand ? signal : there.Again;
                return;
            }

            var run = new WokenRun(runId) { Signal = signal };
            woken.Add(runId, run);
            busy++;
            queue.Writer.TryWrite(run);
        }
    }

    public Signal Take(WokenRun run)
    {
        lock (gate)
        {
            run.InHand = true;
            return run.Signal;
        }
    }

    /// <summary>Releases a run that wants no turn now; returns the signal if it was woken meanwhile.</summary>
    public Signal? Leave(WokenRun run)
    {
        lock (gate)
        {
            if (run.Again is { } signal)
            {
                run.Again = null;
                return signal;
            }

            woken.Remove(run.RunId);
            Freed();
            return null;
        }
    }

    /// <summary>
    /// Stops counting a run while it waits for a slot for its effect: it holds no worker, so others can be woken.
    /// </summary>
    public void StepAside()
    {
        lock (gate)
        {
            Freed();
        }
    }

    /// <summary>Counts a run again after <see cref="StepAside"/>.</summary>
    public void StepBack()
    {
        lock (gate)
        {
            busy++;
        }
    }

    /// <summary>
    /// Holds a failed run back until <see cref="Retry"/>. A run whose turns threw too many exceptions in a row is given
    /// up then.
    /// </summary>
    public void Fail(WokenRun run, bool isFault)
    {
        lock (gate)
        {
            run.Faults += isFault ? 1 : 0;
            run.Signal = run.Faults >= EngineOptions.UsualAttempts ? Signal.GivenUp : run.Again ?? Signal.Continue;
            run.Again = null;
            run.InHand = false;
            run.Failures++;
            Freed();
        }
    }

    public void Retry(WokenRun run)
    {
        lock (gate)
        {
            busy++;
            queue.Writer.TryWrite(run);
        }
    }

    /// <summary>Completes when fewer than <paramref name="below"/> runs are queued or have a turn.</summary>
    public Task RoomAsync(int below, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (busy < below)
            {
                return Task.CompletedTask;
            }

            room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return room.Task.WaitAsync(cancellationToken);
        }
    }

    private void Freed()
    {
        busy--;
        room?.TrySetResult();
    }
}
