using System.Collections.Concurrent;
using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone;

/// <summary>The callers that watch runs. A change of a run that nobody watches costs one look-up.</summary>
internal sealed class RunWatches(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Watch[]> byRun = new(StringComparer.Ordinal);

    public IRunWatch Open(string runId)
    {
        var watch = new Watch(this, runId, time);
        byRun.AddOrUpdate(runId, static (_, added) => [added], static (_, there, added) => [.. there, added], watch);
        return watch;
    }

    public void Changed(string runId)
    {
        if (byRun.TryGetValue(runId, out var watches))
        {
            foreach (var watch in watches)
            {
                watch.Changed();
            }
        }
    }

    private void Close(Watch watch)
    {
        while (byRun.TryGetValue(watch.RunId, out var there))
        {
            var left = Array.FindAll(there, other => other != watch);
            if (left.Length == 0
                ? byRun.TryRemove(new KeyValuePair<string, Watch[]>(watch.RunId, there))
                : byRun.TryUpdate(watch.RunId, left, there))
            {
                return;
            }
        }
    }

    private sealed class Watch(RunWatches watches, string runId, TimeProvider time) : IRunWatch
    {
        private TaskCompletionSource change = NewChange();

        public string RunId => runId;

        public void Changed() => Volatile.Read(ref change).TrySetResult();

        public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
        {
            var waited = Volatile.Read(ref change).Task;
            if (!waited.IsCompleted)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(waited, Task.Delay(atMost, time, stop.Token));
                await stop.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (waited.IsCompleted)
            {
                Volatile.Write(ref change, NewChange());
            }
        }

        public void Dispose() => watches.Close(this);

        private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
