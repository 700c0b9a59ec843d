using HumanTasks.Bench.Load;

namespace HumanTasks.Bench.Reports;

/// <summary>
/// The figures of one kind of request. Times are in milliseconds; the host's processor time is per request, if it did
/// nothing else.
/// </summary>
internal sealed record RequestFigures(string Name, int Count, double P50, double P99, double? ProcessorTime = null)
{
    public static RequestFigures Of(string name, IReadOnlyList<long> times, TimeSpan? hostTime = null)
    {
        var percentiles = new Percentiles(times);
        return new RequestFigures(
            name, times.Count, percentiles.At(50), percentiles.At(99), hostTime?.TotalMilliseconds / int.Max(times.Count, 1));
    }
}
