using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>
/// Reads lists and the page of a run, and waits for a run, beside clients that write as fast as they can.
/// </summary>
internal static class Reads
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<RequestFigures>> MeasureAsync(Bench bench)
    {
        await bench.Progress.WriteLineAsync($"reading beside {Bench.ManyClients} writers");
        await using var host = await HostProcess.StartAsync(bench.Host.WithDataFolder(bench.NewFolder("reads")));
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());
        using var crowd = bench.Crowd(target, Bench.ManyClients);
        await crowd.CycleAsync(bench.Options.WarmUp);
        var run = crowd.LastResumed.First().RunId;

        var window = bench.Options.Measured;
        (string Name, byte[] Request)[] kinds =
        [
            ("list of tasks", target.Get("/api/tasks?status=all")),
            ("list of pending tasks, the next to expire first", target.Get("/api/tasks?status=pending&sort=expiresAt")),
            ("list of runs", target.Get("/api/runs")),
            ("a run", target.Get($"/api/runs/{run}")),
            ("a run that is over, with Prefer: wait", target.Get($"/api/runs/{run}", "Prefer: wait=10\r\n")),
        ];

        var writing = crowd.CycleAsync(window + TimeSpan.FromSeconds(1));
        var times = await Task.WhenAll(kinds.Select(kind => Repetition.TimesAsync(target, kind.Request, window, Pause)));
        await writing;
        await host.StopAsync();
        return [.. kinds.Zip(times, (kind, of) => RequestFigures.Of(kind.Name, of))];
    }
}
