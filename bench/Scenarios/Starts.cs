using System.Diagnostics;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>From the start of the process to the first 200 of /health/ready.</summary>
internal static class Starts
{
    public static async Task<StartFigures> MeasureAsync(Bench bench)
    {
        var times = new List<(TimeSpan New, TimeSpan Existing, TimeSpan Bare)>();
        var folder = bench.NewFolder("start");
        long resident = 0;

        for (var i = 0; i < bench.Options.Starts; i++)
        {
            await bench.Progress.WriteLineAsync($"start {i + 1} of {bench.Options.Starts}");
            var command = bench.Host.WithDataFolder(Path.Combine(folder, $"{i}"));

            var first = await OnceAsync(command);
            var again = await OnceAsync(command);
            var bare = await OnceAsync(HostCommand.Bare);
            times.Add((first.Time, again.Time, bare.Time));
            resident = again.Resident;
        }

        return new StartFigures(
            Median(times.Select(time => time.New)),
            Median(times.Select(time => time.Existing)),
            Median(times.Select(time => time.Bare)),
            resident);
    }

    private static async Task<(TimeSpan Time, long Resident)> OnceAsync(HostCommand command)
    {
        await using var host = await HostProcess.StartAsync(command);
        var resident = host.Memory.Resident;
        await host.StopAsync();
        return (host.StartToFirstAnswer, resident);
    }

    private static double Median(IEnumerable<TimeSpan> times) =>
        new Percentiles(times.Select(time => (long)(time.TotalSeconds * Stopwatch.Frequency))).At(50);
}
