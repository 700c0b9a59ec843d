namespace HumanTasks.Web.Security;

/// <summary>
/// Counts events a key in windows of fixed length, in bounded memory whoever asks: keys share 65,536 counters by their
/// hash, so a count is never too low and, under very many keys at once, may be too high.
/// </summary>
internal sealed class CountingWindow(TimeSpan length, TimeProvider time)
{
    private readonly int[] counters = new int[1 << 16];
    private long window;

    /// <summary>Counts one event; answers how many the key has had in this window.</summary>
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
