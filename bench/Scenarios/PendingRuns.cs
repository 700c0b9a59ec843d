using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Measures very many runs that wait for a person: their memory and disk, and what they slow down.</summary>
internal static class PendingRuns
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task<PendingFigures> MeasureAsync(Bench bench, int count)
    {
        var folder = bench.NewFolder($"pending-{count}");
        var command = bench.Host.WithDataFolder(folder);
        var (apiKey, empty, emptyMemory) = await EmptyAsync(command, folder);

        await bench.Progress.WriteLineAsync($"making {count} pending runs");
        var (paused, memory, quiet) = await MakeAsync(bench, command, apiKey, count);
        var bytes = SizeOf(folder) - empty;

        await bench.Progress.WriteLineAsync("restart with them, and cycles beside them");
        await using var host = await HostProcess.StartAsync(command);
        var restarted = host.Memory;
        await Task.Delay(Quiet);
        var settled = host.Memory;

        var target = new Target(host.Endpoint, apiKey);
        await ResumeAsync(bench, target, paused.Some);
        var cycles = await Cycles.MeasureAsync(bench, host, target, Bench.ManyClients, checks: true);
        var peak = host.Memory.Peak;
        await host.StopAsync();
        Directory.Delete(folder, recursive: true);

        return new PendingFigures
        {
            Count = paused.Times.Count,
            Seconds = paused.Elapsed.TotalSeconds,
            CreateP50 = new Percentiles(paused.Times).At(50),
            CreateP99 = new Percentiles(paused.Times).At(99),
            ResidentEmpty = emptyMemory.Resident,
            ResidentAfter = memory.Resident,
            ResidentQuiet = quiet.Resident,
            Peak = quiet.Peak,
            BytesEach = (double)bytes / int.Max(paused.Times.Count, 1),
            Restart = host.StartToFirstAnswer.TotalMilliseconds,
            ResidentRestarted = restarted.Resident,
            ResidentSettled = settled.Resident,
            PeakOfCycles = peak,
            Cycles = cycles,
        };
    }

    private static async Task<(string ApiKey, long Bytes, ProcessMemory Memory)> EmptyAsync(
        HostCommand command, string folder)
    {
        await using var host = await HostProcess.StartAsync(command);
        var apiKey = await host.ApiKeyAsync();
        await Bench.PrepareAsync(host, apiKey);
        var memory = host.Memory;
        await host.StopAsync();
        return (apiKey, SizeOf(folder), memory);
    }

    private static async Task<(PausedCrowd Paused, ProcessMemory After, ProcessMemory Quiet)> MakeAsync(
        Bench bench, HostCommand command, string apiKey, int count)
    {
        await using var host = await HostProcess.StartAsync(command);
        using var crowd = bench.Crowd(new Target(host.Endpoint, apiKey), Bench.ManyClients);
        var paused = await crowd.PauseAsync(count, bench.Options.Limit, client => client.CreateAsync());
        var after = host.Memory;
        await Task.Delay(Quiet);
        var quiet = host.Memory;
        await host.StopAsync();

        if (paused.Times.Count < count)
        {
            bench.Failures.Add($"Only {paused.Times.Count} of {count} pending runs were made.");
        }

        return (paused, after, quiet);
    }

    /// <summary>Checks that runs paused before the restart resume after it.</summary>
    private static async Task ResumeAsync(Bench bench, Target target, IReadOnlyList<Paused> some)
    {
        using var client = new Client(target, bench.Sequence);
        var resumed = new List<Resumed>();

        foreach (var paused in some.Take(SpotCheck.Size))
        {
            try
            {
                resumed.Add(await client.ResumeAsync(paused));
            }
            catch (Exception failure)
            {
                bench.Failures.Add($"after the restart: {failure.Message}");
            }
        }

        await SpotCheck.RunAsync(target, resumed, bench.Failures);
    }

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
