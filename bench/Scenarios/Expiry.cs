using System.Diagnostics;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Lets very many links expire nearly at once while a few clients work.</summary>
internal static class Expiry
{
    private const int Clients = 16;

    public static async Task<ExpiryFigures> MeasureAsync(Bench bench)
    {
        var count = bench.Options.Expiring;
        await using var host = await HostProcess.StartAsync(bench.Host.WithDataFolder(bench.NewFolder("expiry")));
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());

        await bench.Progress.WriteLineAsync($"making {count} links that expire");
        var started = Stopwatch.GetTimestamp();
        PausedCrowd paused;
        using (var crowd = bench.Crowd(target, Bench.ManyClients))
        {
            paused = await crowd.PauseAsync(count, Journey.BriefLife, client => client.AskBrieflyAsync());
        }

        if (paused.Times.Count < count || Stopwatch.GetElapsedTime(started) > Journey.BriefLife)
        {
            bench.Failures.Add($"Only {paused.Times.Count} links were made before the first expired.");
        }

        // the links expire over as long as their creation took; the clients are warm by then
        using var workers = bench.Crowd(target, Clients);
        var warmUp = Journey.BriefLife - Stopwatch.GetElapsedTime(started);
        await workers.CycleAsync(warmUp > TimeSpan.Zero ? warmUp : TimeSpan.FromSeconds(1));

        await bench.Progress.WriteLineAsync("they expire");
        var expiring = Stopwatch.GetTimestamp();
        var hostBefore = host.ProcessorTime;
        var ownBefore = Environment.CpuUsage.TotalTime;
        var result = await workers.CycleAsync(paused.Elapsed + TimeSpan.FromSeconds(2));
        var figures = LoadFigures.Of(
            Clients, result, host.ProcessorTime - hostBefore, Environment.CpuUsage.TotalTime - ownBefore, _ => []);

        await UntilNoneIsPendingAsync(target, bench);
        var seconds = Stopwatch.GetElapsedTime(expiring).TotalSeconds;
        await host.StopAsync();
        return new ExpiryFigures(count, seconds, figures);
    }

    private static async Task UntilNoneIsPendingAsync(Target target, Bench bench)
    {
        using var connection = new Connection(target.Endpoint);

        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < bench.Options.Limit;)
        {
            var answer = await connection.SendAsync(target.Get("/api/tasks?status=pending&sort=expiresAt&limit=1"));
            using var list = System.Text.Json.JsonDocument.Parse(answer.Body);
            if (!list.RootElement.GetProperty("items").EnumerateArray().Any(IsOverdue))
            {
                return;
            }

            await Task.Delay(20);
        }

        bench.Failures.Add("Links that are over stayed pending.");
    }

    private static bool IsOverdue(System.Text.Json.JsonElement task) =>
        task.GetProperty("expiresAt").GetDateTimeOffset() < TimeProvider.System.GetUtcNow();
}
