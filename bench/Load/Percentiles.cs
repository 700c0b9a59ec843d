using System.Diagnostics;

namespace HumanTasks.Bench.Load;

/// <summary>Percentiles by nearest rank, in milliseconds.</summary>
internal sealed class Percentiles
{
    private readonly long[] _sorted;

    public Percentiles(IEnumerable<long> ticks)
    {
        _sorted = [.. ticks];
        Array.Sort(_sorted);
    }

    public double At(double percent) => _sorted.Length == 0
        ? 0
        : _sorted[(int)Math.Ceiling(_sorted.Length * percent / 100) - 1] * 1000.0 / Stopwatch.Frequency;
}
