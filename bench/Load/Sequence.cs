namespace HumanTasks.Bench.Load;

/// <summary>Numbers of nine digits, each given once.</summary>
internal sealed class Sequence
{
    private int _last = 100_000_000;

    public int Next() => Interlocked.Increment(ref _last);
}
