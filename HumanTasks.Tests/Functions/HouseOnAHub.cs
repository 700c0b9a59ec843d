using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
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
        var environments = new EnvironmentCatalog([house.Environment]);
        var links = new LinkBuilder(house.Tokens, () => new Uri("https://tasks.example"));
        var options = new EngineOptions();
        RunEngine NewEngine(IRunStore store) => new(
            store,
            Host,
            house.Catalog,
            new ContinuationStarter(house.Catalog, environments, options),
            new EmailAction(house.Mail),
            new HttpAction(new HttpMessageInvoker(house.World), environments, house.Time),
            new AgentAction(house.Model, house.Transcripts, store, house.Files, environments, house.Time),
            new NoticeSender(house.Mail, new HttpMessageInvoker(house.World), new NoticeWriter(NoticeTemplates.None), store, environments, house.Time),
            environments,
            links,
            house.Receipts,
            options,
            house.Time);
        Engine = NewEngine(house.Store);
        Runs = new RunDesk(house.Store, Host, Engine, environments, links, house.Time);
        // no turn succeeds where answers come in: only the event is raised, and the orchestration takes the turn
        var failing = NewEngine(Between.Reads(house.Store, () => throw new IOException("No turn here.")));
        tasks = new TaskDesk(house.Store, failing, links, house.Receipts, house.Time);
    }

    public IRunHost Host { get; }

    public RunEngine Engine { get; }

    public RunDesk Runs { get; }

    public async Task<Run> StartAsync(string ruleSet)
    {
        var request = new StartRequest(
            Ids.New(house.Time.GetUtcNow()),
            house.Environment,
            (await house.Catalog.FindAsync(House.EnvironmentId, ruleSet, null, default))!,
            [],
            null);
        var started = Assert.IsType<StartVerdict.Started>(await Runs.StartAsync(request, default));
        return await house.FindAsync(started.Run.Id);
    }

    public async Task AnswerAsync(HumanTask task) => Assert.IsType<Verdict.Accepted>(await tasks.AcceptAsync(
        task, new JsonObject { ["ok"] = true }, new Submission { MaxFileBytes = 1000 }, default));
}
