using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Tests.Runs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Functions;

/// <summary>The core and a real store whose runs wait in a task hub.</summary>
internal sealed class HarnessOnAHub
{
    private readonly EngineHarness harness;
    private readonly TaskOperations tasks;

    public HarnessOnAHub(EngineHarness harness, DurableTaskClient hub)
    {
        this.harness = harness;
        var client = new TaskHub();
        client.Use(hub);
        Host = new DurableRunHost(client, harness.Store, harness.Time, NullLogger<DurableRunHost>.Instance);
        Engine = harness.NewEngine(Host, harness.Store);
        Runs = harness.NewRunOperations(Engine);
        // no turn succeeds where answers come in: only the event is raised, and the orchestration takes the turn
        tasks = harness.NewTaskOperations(harness.NewEngine(Host, Between.Reads(harness.Store, () => throw new IOException("No turn here."))));
    }

    public IRunHost Host { get; }

    public RunEngine Engine { get; }

    public RunOperations Runs { get; }

    public async Task<Run> StartAsync(string ruleSet)
    {
        var started = Assert.IsType<StartVerdict.Started>(await Runs.StartAsync(await harness.RequestAsync(ruleSet), default));
        return await harness.FindAsync(started.Run.Id);
    }

    public async Task AnswerAsync(HumanTask task) => Assert.IsType<Verdict.Accepted>(await tasks.AcceptAsync(
        task, new JsonObject { ["ok"] = true }, new Submission { MaxFileBytes = 1000 }, default));
}
