namespace HumanTasks.Standalone;

/// <summary>Sleeps until the earliest of the moments for which it was set, however often it is set.</summary>
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

    /// <summary>Forgets what it was set for; what is set from here on counts.</summary>
    public void Clear()
    {
        lock (gate)
        {
            next = DateTimeOffset.MaxValue;
        }
    }

    /// <summary>Sleeps until then, at most for a while: the clock may be set meanwhile, and timers do not see that.</summary>
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

            // timers count whole milliseconds, and one that fires early would fire again and again until it is time
            var timer = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(rung, Task.Delay(timer, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
