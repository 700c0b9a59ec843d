using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Repeats create, submit and continuation completed, with more and more clients.</summary>
internal static class Cycles
{
    public static async Task<IReadOnlyList<LoadFigures>> OfHostAsync(Bench bench)
    {
        await using var host = await HostProcess.StartAsync(bench.Host.WithDataFolder(bench.NewFolder("cycles")));
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());
        var figures = new List<LoadFigures>();

        foreach (var clients in bench.Options.Clients)
        {
            await bench.Progress.WriteLineAsync($"cycles, {clients} clients");
            figures.Add(await MeasureAsync(bench, host, target, clients, checks: true));
        }

        await host.StopAsync();
        return figures;
    }

    public static async Task<IReadOnlyList<LoadFigures>> OfBareAsync(Bench bench, IEnumerable<int> sizes)
    {
        await using var host = await HostProcess.StartAsync(HostCommand.Bare);
        var target = new Target(host.Endpoint, "none");
        var figures = new List<LoadFigures>();

        foreach (var clients in sizes)
        {
            await bench.Progress.WriteLineAsync($"bare ASP.NET Core, {clients} clients");
            figures.Add(await MeasureAsync(bench, host, target, clients, checks: false));
        }

        await host.StopAsync();
        return figures;
    }

    public static async Task<LoadFigures> MeasureAsync(
        Bench bench, HostProcess host, Target target, int clients, bool checks)
    {
        using var crowd = bench.Crowd(target, clients);
        await crowd.CycleAsync(bench.Options.WarmUp);

        var threadsBefore = host.Threads;
        var hostBefore = host.ProcessorTime;
        var ownBefore = Environment.CpuUsage.TotalTime;
        var result = await crowd.CycleAsync(bench.Options.Measured);
        var hostTime = host.ProcessorTime - hostBefore;
        var ownTime = Environment.CpuUsage.TotalTime - ownBefore;
        var threads = host.Threads;

        if (checks)
        {
            await SpotCheck.RunAsync(target, crowd.LastResumed, bench.Failures);
        }

        return LoadFigures.Of(clients, result, hostTime, ownTime, cycles => threads.Since(threadsBefore, cycles));
    }
}
