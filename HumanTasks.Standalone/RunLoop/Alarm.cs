namespace HumanTasks.Standalone;

/// <summary>A timer that sleeps until the earliest of all moments for which it was set.</summary>
internal sealed class Alarm(TimeProvider time)
{
    private readonly Lock gate = new();
    private DateTimeOffset next = DateTimeOffset.MaxValue;
    private TaskCompletionSource earlier = new();

    public void Set(DateTimeOffset at)
    {
        lock (gate)
        {
            if (at < next)
            {
                next = at;
                earlier.TrySetResult();
            }
        }
    }

    /// <summary>Clears all moments set so far.</summary>
    public void Clear()
    {
        lock (gate)
        {
            next = DateTimeOffset.MaxValue;
        }
    }

    /// <summary>
    /// Sleeps until the earliest moment, but no longer than <paramref name="atMost"/>: timers do not notice when the
    /// system clock is changed.
    /// </summary>
    public async Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow() + atMost;
        while (true)
        {
            Task rung;
            DateTimeOffset until;
            lock (gate)
            {
                until = next < latest ? next : latest;
                earlier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                rung = earlier.Task;
            }

            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            // timers count whole milliseconds; without rounding up, a timer that fires early would fire repeatedly
            var timer = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(rung, Task.Delay(timer, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
