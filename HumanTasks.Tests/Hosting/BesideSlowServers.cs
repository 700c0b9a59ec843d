using System.Diagnostics;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Hosting;

/// <summary>
/// Runs that have nothing to do with it, while hundreds of calls wait for servers that do not answer, or while a tree of runs
/// grows. The bounds are wide for a busy machine; the benchmark has the figures.
/// </summary>
public sealed class BesideSlowServers : IAsyncLifetime
{
    private const int Many = 200;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int port = HostProcess.FreeAddress().Port;
    private WebApplication server = null!;
    private HostProcess host = null!;
    private ApiClient api = null!;
    private int held;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add($"http://0.0.0.0:{port}");
        server.Map("/quick", () => Results.NoContent());
        server.Map("/slow", async (HttpContext context) =>
        {
            Interlocked.Increment(ref held);
            await over.Task.WaitAsync(context.RequestAborted);
        });
        await server.StartAsync();
        host = await HostProcess.StartNewAsync(new HostSettings().With("HumanTasks:AllowPrivateAddresses", "true"));
        api = new ApiClient(host.Address, host.ApiKey);
    }

    public async Task DisposeAsync()
    {
        over.TrySetResult();
        api.Dispose();
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    [OwnHostFact]
    public async Task Actions_to_one_silent_host_delay_no_other_run_and_no_answer()
    {
        await StartSlowAsync(_ => "127.0.0.1", expected: 32);
        await OthersAreQuickAsync();
    }

    [OwnHostFact]
    public async Task Actions_to_hundreds_of_silent_hosts_hold_no_threads_and_delay_nobody()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // only there every address of 127.0.0.0/8 is the machine's own
        }

        await StartSlowAsync(number => $"127.0.1.{number + 1}", expected: Many);
        await OthersAreQuickAsync();
        Assert.InRange(host.Threads, 1, Many / 2);
    }

    [OwnHostFact]
    public async Task Webhooks_to_one_silent_host_delay_nobody()
    {
        using var anybody = new ApiClient(host.Address);
        foreach (var _ in Enumerable.Range(0, Many))
        {
            var asked = Steps.Asked((await api.PostAsync("/api/interventions", $$"""
                { "title": "T", "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "webhook": "http://127.0.0.1:{{port}}/slow" } }
                """)).Is(201));
            (await anybody.SubmitAsync(asked.Path, """{ "ok": "yes" }""")).Is(200);
        }

        await UntilHeldAsync(16);
        await OthersAreQuickAsync();
    }

    [OwnHostFact]
    public async Task A_tree_of_a_thousand_runs_delays_nobody()
    {
        var leaf = await api.SaveAsync($"[{Call("quick", "127.0.0.1")}]");
        var branch = await api.SaveAsync(Starting(leaf, 10));
        var bough = await api.SaveAsync(Starting(branch, 10));
        var tree = (await api.StartAsync(await api.SaveAsync(Starting(bough, 9)))).Text("/runId");

        await OthersAreQuickAsync();
        await api.RunOverAsync(tree);
    }

    private async Task StartSlowAsync(Func<int, string> hostOf, int expected)
    {
        var slow = await api.SaveAsync($"[{Call("slow", "{{host}}")}]");
        for (var number = 0; number < Many; number++)
        {
            await api.StartAsync(slow, $$"""{ "context": { "host": "{{hostOf(number)}}" } }""");
        }

        await UntilHeldAsync(expected);
    }

    private async Task UntilHeldAsync(int expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(25)); // below the time of an action
        while (Volatile.Read(ref held) < expected)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task OthersAreQuickAsync()
    {
        using var anybody = new ApiClient(host.Address);
        var plain = await api.SaveAsync("""[{ "type": "set", "name": "s", "values": { "x": 1 } }]""");
        var quick = await api.SaveAsync($"[{Call("quick", "localhost")}]");
        List<TimeSpan> times = [];
        for (var i = 0; i < 20; i++)
        {
            foreach (var ruleSet in new[] { plain, quick })
            {
                await MeasureAsync(async () => await api.RunOverAsync((await api.StartAsync(ruleSet)).Text("/runId")));
            }

            var asked = await api.InterveneAsync(continuation: plain);
            await MeasureAsync(async () => await api.RunOverAsync(
                (await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200).Text("/runId")));
        }

        Assert.InRange(times.Max(), TimeSpan.Zero, Bound);

        async Task MeasureAsync(Func<Task> run)
        {
            var started = Stopwatch.GetTimestamp();
            await run();
            times.Add(Stopwatch.GetElapsedTime(started));
        }
    }

    private string Call(string path, string at) =>
        $$"""{ "type": "http", "name": "call", "method": "GET", "timeoutSeconds": 60, "url": "http://{{at}}:{{port}}/{{path}}" }""";

    private static string Starting(string ruleSet, int count) =>
        $"[{string.Join(", ", Enumerable.Range(0, count).Select(i => $$"""{ "type": "startRuleSet", "name": "s{{i}}", "ruleSet": "{{ruleSet}}" }"""))}]";
}
