using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Tests.Runs;
using HumanTasks.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Tests.Functions.Genuine;

/// <summary>
/// Our orchestration on Durable Task's own engine, in memory: its replays, its timers, its events and its changes of
/// generation. Its clock is the wall's, and the harness's follows it.
/// </summary>
public sealed class RunsOnTheGenuineEngine : IAsyncLifetime
{
    private const string Ask = """{ "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Well?", "expiresInHours": 48, "form": { "fields": [ { "name": "ok", "type": "boolean", "label": "OK" } ] } }""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EngineHarness harness = new();
    private EngineInMemory hub = null!;
    private HarnessOnAHub core = null!;

    public async Task InitializeAsync()
    {
        Tick();
        // in a variable: the SDK's analyzers throw where a method of another assembly is registered in place
        Func<TaskOrchestrationContext, Turn, Task<object?>> orchestration = async (context, _) =>
        {
            await RunOrchestration.RunAsync(context);
            return null;
        };
        hub = await EngineInMemory.StartAsync(registry =>
        {
            registry.AddOrchestratorFunc(nameof(RunOrchestration), orchestration);
            registry.AddActivityFunc<Turn, Next>(nameof(Advance), (_, turn) =>
            {
                Tick();
                return core.Engine.AdvanceAsync(turn, default);
            });
        });
        core = new HarnessOnAHub(harness, hub.Client);
    }

    public async Task DisposeAsync()
    {
        await hub.DisposeAsync();
        harness.Dispose();
    }

    [Fact]
    public async Task Answers_right_after_the_start_are_none_of_them_lost()
    {
        await harness.SaveAsync("approval", $"[ {Ask} ]");

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var run = await core.StartAsync("approval");
            await core.AnswerAsync(await harness.TaskOfAsync(run));
            return run;
        }));

        foreach (var run in runs)
        {
            await EndAsync(run);
        }
    }

    [Fact]
    public async Task A_run_of_more_waits_than_a_generation_holds_gets_every_answer()
    {
        var waits = RunOrchestration.TurnsPerGeneration * 2 + 3;
        await harness.SaveAsync("many", $"[ {string.Join(", ", Enumerable.Range(0, waits).Select(i => Ask.Replace("\"ask\"", $"\"ask{i}\"", StringComparison.Ordinal)))} ]");
        var run = await core.StartAsync("many");

        for (var i = 0; i < waits; i++)
        {
            await core.AnswerAsync(await PendingAsync(run, i));
        }

        await EndAsync(run);
    }

    [Fact]
    public async Task A_reminder_an_escalation_and_the_end_in_silence_come_by_the_durable_timer()
    {
        await harness.SaveAsync("timed", $$$"""
            [
              { "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Well?", "notify": true,
                "dueInHours": {{{Seconds(2)}}}, "remind": [ {{{Seconds(1)}}} ], "escalate": [ { "afterHours": 0, "to": "bo@example.com" } ],
                "expiresInHours": {{{Seconds(4)}}}, "default": { "outcome": "completed", "values": { "ok": true } },
                "form": { "fields": [ { "name": "ok", "type": "boolean", "label": "OK" } ] } },
              { "type": "end", "output": "{{ask.values.ok}}" }
            ]
            """);
        var run = await core.StartAsync("timed");

        Assert.True((await EndAsync(run)).Output!.GetValue<bool>());
        var task = await harness.TaskOfAsync(run);
        Assert.Equal("bo@example.com", task.Assignee);
        Assert.Equal(["ann@example.com", "ann@example.com", "bo@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()).Take(3));
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_orchestration_behind()
    {
        await harness.SaveAsync("approval", $"[ {Ask} ]");
        var run = await core.StartAsync("approval");

        Assert.IsType<RunVerdict.Done>(await core.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "enough", null, default));

        var instance = await hub.Client.WaitForInstanceCompletionAsync(run.Id, new CancellationTokenSource(Patience).Token);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
    }

    private static string Seconds(double seconds) => (seconds / 3600).ToString("0.000000", System.Globalization.CultureInfo.InvariantCulture);

    private void Tick() => harness.Time.SetUtcNow(TimeProvider.System.GetUtcNow());

    /// <summary>The task of the run's wait of that number, once its turn was taken.</summary>
    private async Task<HumanTask> PendingAsync(Run run, int number)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var tasks = await harness.Store.TasksOfRunAsync(run.Id, patience.Token);
            if (tasks.Count > number)
            {
                return Assert.Single(tasks, task => task.State.Status is Core.Tasks.TaskStatus.Pending);
            }

            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<RunState.Completed> EndAsync(Run run)
    {
        using var patience = new CancellationTokenSource(Patience);
        var instance = await hub.Client.WaitForInstanceCompletionAsync(run.Id, getInputsAndOutputs: true, patience.Token);
        Assert.True(instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed, instance.FailureDetails?.ToString());
        return Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }
}
