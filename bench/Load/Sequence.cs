namespace HumanTasks.Bench.Load;

/// <summary>A sequence of numbers with nine digits, each returned once.</summary>
internal sealed class Sequence
{
    private int _last = 100_000_000;

    public int Next() => Interlocked.Increment(ref _last);
}
