using System.Text;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Opens the reviewer's page of each link once, because requests to one link are limited.</summary>
internal static class Pages
{
    private const int Connections = 6;
    private const int WarmUps = 3000;
    private const int Times = 3000;

    public static async Task<RequestFigures> MeasureAsync(Bench bench)
    {
        await bench.Progress.WriteLineAsync("a reviewer's page");
        await using var host = await HostProcess.StartAsync(bench.Host.WithDataFolder(bench.NewFolder("page")));
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());
        using var client = new Client(target, bench.Sequence);
        var requests = new List<byte[]>();

        for (var i = 0; i < WarmUps + Times; i++)
        {
            var link = (await client.CreateAsync()).ReviewPath;
            requests.Add(Encoding.UTF8.GetBytes($"GET {link} HTTP/1.1\r\nHost: {target.Endpoint}\r\nAccept: text/html\r\n\r\n"));
        }

        await OpenAsync(target, requests.Take(WarmUps));
        var before = host.ProcessorTime;
        var times = await OpenAsync(target, requests.Skip(WarmUps));
        var took = host.ProcessorTime - before;
        await host.StopAsync();
        return RequestFigures.Of("A reviewer's page", times, took);
    }

    private static async Task<IReadOnlyList<long>> OpenAsync(Target target, IEnumerable<byte[]> requests) =>
    [
        .. (await Task.WhenAll(requests.Chunk(Times / Connections).Select(chunk => Repetition.TimesAsync(target, chunk))))
            .SelectMany(times => times),
    ];
}
