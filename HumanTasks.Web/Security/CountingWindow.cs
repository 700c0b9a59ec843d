namespace HumanTasks.Web.Security;

/// <summary>
/// Counts events by key in windows of fixed length, in bounded memory: keys share 65,536 counters by their hash, so a
/// count is never too low but may be too high with very many keys at once.
/// </summary>
internal sealed class CountingWindow(TimeSpan length, TimeProvider time)
{
    private readonly int[] counters = new int[1 << 16];
    private long window;

    /// <summary>Counts one event; returns the key's count in this window.</summary>
    public int Count(string key)
    {
        var current = time.GetUtcNow().UtcTicks / length.Ticks;
        var seen = Volatile.Read(ref window);
        if (seen != current && Interlocked.CompareExchange(ref window, current, seen) == seen)
        {
            Array.Clear(counters);
        }

        return Interlocked.Increment(ref counters[key.GetHashCode(StringComparison.Ordinal) & (counters.Length - 1)]);
    }
}
