using System.Diagnostics;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Reports;

namespace HumanTasks.Bench.Scenarios;

/// <summary>Measures other work while very many calls wait for slow servers, or while a tree of runs grows.</summary>
internal static class Others
{
    private const int Many = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<OthersFigures>> MeasureAsync(Bench bench)
    {
        using var server = new SlowServer();
        (string Name, int Runs, Func<int, string> Start)[] floods =
        [
            ($"{Many} `http` actions of 30 s to one host", Many, _ => Slow(server.Host(0))),
            ($"{Many} `http` actions of 30 s to {Many} hosts", Many, number => Slow(server.Host(number))),
            ("a tree of 1,000 runs that call a host", 1, _ => "tree {}"),
        ];
        List<OthersFigures> figures = [];
        foreach (var (name, runs, start) in floods)
        {
            await bench.Progress.WriteLineAsync($"others beside {name}");
            figures.Add(await MeasureAsync(bench, server, name, Enumerable.Range(0, runs).Select(start)));
        }

        return figures;
    }

    private static async Task<OthersFigures> MeasureAsync(Bench bench, SlowServer server, string name, IEnumerable<string> starts)
    {
        var command = bench.Host.With("HumanTasks__AllowPrivateAddresses", "true").WithDataFolder(bench.NewFolder($"others-{server.Next()}"));
        await using var host = await HostProcess.StartAsync(command);
        var target = await Bench.PrepareAsync(host, await host.ApiKeyAsync());
        await SaveAsync(target, server);
        using var answers = bench.Crowd(target, 2);
        await answers.CycleAsync(bench.Options.WarmUp);

        var window = bench.Options.Measured;
        var runs = RunsAsync(target, "plain", window);
        var calls = RunsAsync(target, "quick", window);
        var answered = answers.CycleAsync(window);
        using (var connection = new Connection(target.Endpoint))
        {
            foreach (var start in starts)
            {
                await StartAsync(connection, target, start);
            }
        }

        var cycles = await answered;
        var figures = new OthersFigures(
            name,
            RequestFigures.Of("runs", await runs),
            RequestFigures.Of("runs with a call", await calls),
            RequestFigures.Of("answers", [.. cycles.Times.Select(times => times.SubmitToCompleted)]),
            host.Memory.Peak,
            host.ThreadCount);
        await host.StopAsync();
        return figures;
    }

    private static async Task SaveAsync(Target target, SlowServer server)
    {
        using var connection = new Connection(target.Endpoint);
        (string Name, string Actions)[] ruleSets =
        [
            ("plain", """{"type":"set","name":"s","values":{"x":1}}"""),
            ("quick", $$"""{"type":"http","name":"c","method":"GET","url":"{{server.Quick}}"}"""),
            ("slow", """{"type":"http","name":"c","method":"GET","timeoutSeconds":60,"url":"http://{{host}}/slow"}"""),
            ("branch", Starting("quick")),
            ("bough", Starting("branch")),
            ("tree", Starting("bough", 9)), // 9 + 90 + 900, and the root
        ];
        foreach (var (name, actions) in ruleSets)
        {
            var answer = await connection.SendAsync(target.Put($"/api/rule-sets/{name}", $$"""{"actions":[{{actions}}]}"""));
            if (answer.Status is not (200 or 201))
            {
                throw new InvalidDataException($"The rule set {name} was not taken: {answer.Describe()}");
            }
        }
    }

    private static string Starting(string ruleSet, int count = 10) => string.Join(
        ',', Enumerable.Range(0, count).Select(number => $$"""{"type":"startRuleSet","name":"s{{number}}","ruleSet":"{{ruleSet}}"}"""));

    private static string Slow(string host) => $$$"""slow {"context":{"host":"{{{host}}}"}}""";

    /// <summary>Runs a rule set repeatedly; returns the times from start to completion.</summary>
    private static async Task<IReadOnlyList<long>> RunsAsync(Target target, string ruleSet, TimeSpan window)
    {
        using var connection = new Connection(target.Endpoint);
        List<long> times = [];
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < window; await Task.Delay(Pause))
        {
            var before = Stopwatch.GetTimestamp();
            var run = await StartAsync(connection, target, $"{ruleSet} {{}}");
            var answer = await connection.SendAsync(target.Get($"/api/runs/{run}", "Prefer: wait=60\r\n"));
            if (JsonMembers.Text(answer.Body, "status"u8) != "completed")
            {
                throw new InvalidDataException($"A run of {ruleSet} is not completed: {answer.Describe()}");
            }

            times.Add(Stopwatch.GetTimestamp() - before);
        }

        return times;
    }

    /// <summary>Starts a run.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="target">The host.</param>
    /// <param name="start">The rule set, a space, and the body.</param>
    private static async Task<string> StartAsync(Connection connection, Target target, string start)
    {
        var parts = start.Split(' ', 2);
        var answer = await connection.SendAsync(target.Post($"/api/rule-sets/{parts[0]}/runs", parts[1]));
        return JsonMembers.Text(answer.Body, "runId"u8)
            ?? throw new InvalidDataException($"A run of {parts[0]} did not start: {answer.Describe()}");
    }
}
