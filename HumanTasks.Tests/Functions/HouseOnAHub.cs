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
internal sealed class HouseOnAHub
{
    private readonly House house;
    private readonly TaskDesk tasks;

    public HouseOnAHub(House house, DurableTaskClient hub)
    {
        this.house = house;
        var client = new TaskHub();
        client.Use(hub);
        Host = new DurableRunHost(client, house.Store, house.Time, NullLogger<DurableRunHost>.Instance);
        Engine = house.NewEngine(Host, house.Store);
        Runs = house.NewRunDesk(Host, Engine);
        // no turn succeeds where answers come in: only the event is raised, and the orchestration takes the turn
        tasks = house.NewTaskDesk(house.NewEngine(Host, Between.Reads(house.Store, () => throw new IOException("No turn here."))));
    }

    public IRunHost Host { get; }

    public RunEngine Engine { get; }

    public RunDesk Runs { get; }

    public async Task<Run> StartAsync(string ruleSet)
    {
        var started = Assert.IsType<StartVerdict.Started>(await Runs.StartAsync(await house.RequestAsync(ruleSet), default));
        return await house.FindAsync(started.Run.Id);
    }

    public async Task AnswerAsync(HumanTask task) => Assert.IsType<Verdict.Accepted>(await tasks.AcceptAsync(
        task, new JsonObject { ["ok"] = true }, new Submission { MaxFileBytes = 1000 }, default));
}
