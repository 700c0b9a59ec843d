using System.Diagnostics;
using HumanTasks.Bench.Load;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Measures how long the disk takes to make 4 KiB durable: no single commit can be faster.</summary>
internal static class FsyncBaseline
{
    private const int Writes = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Returns the median, in milliseconds.</summary>
    public static double Measure(string folder)
    {
        var block = new byte[4096];
        var times = new List<long>();
        var started = Stopwatch.GetTimestamp();
        using var file = new FileStream(Path.Combine(folder, "fsync"), FileMode.Create, FileAccess.Write,
            FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

        while (times.Count < Writes && Stopwatch.GetElapsedTime(started) < Limit)
        {
            var before = Stopwatch.GetTimestamp();
            file.Write(block);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetTimestamp() - before);
        }

        return new Percentiles(times).At(50);
    }
}
