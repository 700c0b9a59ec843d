using System.Threading.Channels;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone;

/// <summary>
/// The runs that are to be given turns, are being given turns, or failed and wait to be tried again: each once, so that
/// no run is advanced by two workers. A wake-up during a turn makes one more turn afterwards.
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

    /// <summary>How many runs are queued or in hand.</summary>
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
    /// <param name="runId">Which.</param>
    /// <param name="signal">Why.</param>
    /// <param name="again">Whether a run that is awake gets one more turn.</param>
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

    /// <summary>Lets go of a run that wants no turn now; answers the signal when it was woken meanwhile.</summary>
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

    /// <summary>Does not count a run while it waits for a place for its effect: it holds no worker, and others are woken beside it.</summary>
    public void StepAside()
    {
        lock (gate)
        {
            Freed();
        }
    }

    /// <summary>Counts a run again that stepped aside.</summary>
    public void StepBack()
    {
        lock (gate)
        {
            busy++;
        }
    }

    /// <summary>Keeps a run that failed until <see cref="Retry"/>; one whose turn met so many exceptions in a row is given up then.</summary>
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

    /// <summary>Completes when fewer runs than this are queued or in hand.</summary>
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

/// <summary>A run that is awake.</summary>
internal sealed class WokenRun(string runId)
{
    public string RunId => runId;

    public Signal Signal { get; set; }

    public bool InHand { get; set; }

    /// <summary>Why it was woken while it was in hand.</summary>
    public Signal? Again { get; set; }

    public int Failures { get; set; }

    /// <summary>How many of those were exceptions that nobody expects, since the last turn that succeeded.</summary>
    public int Faults { get; set; }
}
