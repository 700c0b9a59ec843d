using System.Diagnostics;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>
/// Measures the time from the start of the process to the first 200 of /health/ready and to the first 201 of a create;
/// also with `dotnet run`.
/// </summary>
internal static class Starts
{
    private sealed record Times(TimeSpan Ready, TimeSpan Created, long Resident);

    public static async Task<StartFigures> MeasureAsync(Bench bench)
    {
        var rounds = new List<(Times New, Times Existing, Times Bare, Times? Run)>();
        var folder = bench.NewFolder("start");
        var run = bench.Options.Host is null ? HostCommand.Run(HostBuild.Folder()) : null;

        if (run is not null)
        {
            await FirstAsync(bench, run.WithDataFolder(Path.Combine(folder, "built"))); // builds
        }

        for (var i = 0; i < bench.Options.Starts; i++)
        {
            await bench.Progress.WriteLineAsync($"start {i + 1} of {bench.Options.Starts}");
            var data = Path.Combine(folder, $"{i}");
            var command = bench.Host.WithDataFolder(data);

            var (first, apiKey) = await FirstAsync(bench, command);
            var again = await AgainAsync(bench, command, apiKey);
            var bare = await AgainAsync(bench, HostCommand.Bare, null);
            var built = run is null ? null : await AgainAsync(bench, run.WithDataFolder(data), apiKey);
            rounds.Add((first, again, bare, built));
        }

        return new StartFigures(
            Median(rounds.Select(round => round.New.Ready)),
            Median(rounds.Select(round => round.Existing.Ready)),
            Median(rounds.Select(round => round.Existing.Created)),
            run is null ? null : Median(rounds.Select(round => round.Run!.Ready)),
            Median(rounds.Select(round => round.Bare.Ready)),
            rounds[^1].Existing.Resident);
    }

    private static async Task<(Times Times, string ApiKey)> FirstAsync(Bench bench, HostCommand command)
    {
        await using var host = await HostProcess.StartAsync(command);
        var apiKey = await host.ApiKeyAsync();
        var target = await Bench.PrepareAsync(host, apiKey);
        var times = await CreateAsync(bench, host, target);
        await host.StopAsync();
        return (times, apiKey);
    }

    private static async Task<Times> AgainAsync(Bench bench, HostCommand command, string? apiKey)
    {
        await using var host = await HostProcess.StartAsync(command);
        var times = await CreateAsync(bench, host, new Target(host.Endpoint, apiKey ?? "none"));
        await host.StopAsync();
        return times;
    }

    private static async Task<Times> CreateAsync(Bench bench, HostProcess host, Target target)
    {
        var ready = host.StartToFirstAnswer;
        using var client = new Client(target, bench.Sequence);
        await client.CreateAsync();
        return new Times(ready, host.SinceStart, host.Memory.Resident);
    }

    private static double Median(IEnumerable<TimeSpan> times) =>
        new Percentiles(times.Select(time => (long)(time.TotalSeconds * Stopwatch.Frequency))).At(50);
}
