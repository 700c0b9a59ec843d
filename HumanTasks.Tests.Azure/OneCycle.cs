using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Tests.Functions.Storage;
using HumanTasks.Tests.Runs;
using HumanTasks.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Xunit.Abstractions;

namespace HumanTasks.Tests.Functions;

/// <summary>
/// What a run that asks one person costs at the table service: made, answered by its link, gone on with, completed. The
/// core and the orchestrations over real tables.
/// </summary>
[NeedsAzurite]
public sealed class OneCycle(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Environment = "test";

    private const string Asking = """
        { "actions": [
          { "type": "humanIntervention", "name": "ask", "title": "Well?", "linkExpirationHours": 24,
            "form": { "fields": [ { "name": "ok", "type": "boolean", "label": "OK" } ] },
            "continuation": { "ruleSet": "decided" } } ] }
        """;

    private const string Decided = """{ "actions": [ { "type": "end", "output": "{{ok}}" } ] }""";

    private TableStores stores = null!;

    public async Task InitializeAsync() => stores = await TableStores.OpenAsync();

    public async Task DisposeAsync() => await stores.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    public async Task Costs_at_most_21_requests(int? allowance)
    {
        var operations = new Operations(stores, allowance);
        foreach (var (name, definition) in new[] { ("asking", Asking), ("decided", Decided) })
        {
            await stores.All.RuleSets.SaveRuleSetAsync(
                Environment, name, Encoding.UTF8.GetBytes(definition), stores.Time.GetUtcNow(), null, default);
        }

        await operations.CycleAsync(); // the first of a process compiles rule sets and meets an empty counter
        stores.Requests.Clear();
        var runId = await operations.CycleAsync();
        var requests = stores.Requests.Sent.ToArray();

        var id = Assert.Single(await stores.Runs.ContinuationsOfAsync(runId, default));
        Assert.IsType<RunState.Completed>((await stores.Runs.FindRunAsync(id, default))!.State);
        foreach (var request in requests)
        {
            output.WriteLine(request.Split('\n')[0]);
        }

        Assert.InRange(requests.Length, 1, 21);
    }

    private sealed class Operations
    {
        private readonly TableStores stores;
        private readonly RunOperations runs;
        private readonly TaskOperations tasks;
        private readonly RuleSetCatalog catalog;
        private readonly RunEnvironment environment;

        public Operations(TableStores stores, int? allowance)
        {
            this.stores = stores;
            var store = stores.Runs;
            var hub = new TaskHub();
            var host = new DurableRunHost(hub, store, stores.Time, NullLogger<DurableRunHost>.Instance);
            environment = new RunEnvironment(
                Environment, "Test", Tier.Dedicated, allowance, TimeSpan.FromHours(720), HumanTasks: true);
            var environments = new EnvironmentCatalog([environment]);
            var keys = new LinkKeyRing([new byte[32]]);
            var links = new LinkBuilder(new LinkTokens(keys), () => new Uri("https://tasks.example"));
            var receipts = new ReceiptSigner(new ReceiptKeys(keys), () => new Uri("https://tasks.example"));
            var options = new EngineOptions();
            catalog = new RuleSetCatalog(stores.All.RuleSets);
            var watch = new EffectWatch(stores.Time);
            var mail = new MailDelivery(new Mailbox(), watch, stores.Time);
            var emails = new MailAllowance(0, stores.Time);
            var writer = new NoticeWriter(NoticeTemplates.None);
            var lists = new NoticeLists(
                stores.All.Documents, store, environments, links, mail, emails, new TaskJournal(stores.All.Documents, stores.Time).NoteAsync);
            var ledger = new ReceiptLedger(receipts, store);
            var turns = new TurnMaker(
                store,
                catalog,
                new ContinuationStarter(catalog, environments, options),
                new EmailAction(mail),
                new HttpAction(new HttpMessageInvoker(new World()), environments, watch, stores.Time),
                new AgentAction(new ScriptedModel(), new Transcripts(stores.All.Documents), store, Mock.Of<IFileStore>(), environments, stores.Time),
                new NoticeSender(mail, new HttpMessageInvoker(new World()), writer, store, environments, emails, lists, watch, stores.Time),
                environments,
                links,
                ledger,
                options,
                stores.Time);
            var engine = new RunEngine(store, host, turns, ledger, new EffectLanes(options.EffectLimits), options, stores.Time);
            hub.Use(new FakeTaskHub(stores.Time)
            {
                Advance = turn => Task.Run(() => engine.AdvanceAsync(turn, default)).GetAwaiter().GetResult(),
            }.Client);
            runs = new RunOperations(store, engine, environments, links, stores.Time);
            tasks = new TaskOperations(store, engine, links, stores.Time);
        }

        public async Task<string> CycleAsync()
        {
            var ruleSet = (await catalog.FindAsync(Environment, "asking", null, default))!;
            var request = new StartRequest(Ids.New(stores.Time.GetUtcNow()), environment, ruleSet, [], null);
            var started = Assert.IsType<StartVerdict.Started>(await runs.StartAsync(request, default));

            var claim = new LinkClaim(started.Run.Id, "ask", started.Task!.Generation);
            var (verdict, standing) = await tasks.OpenToAnswerAsync(claim, default);
            var open = Assert.IsType<Verdict.Open>(verdict);
            var submission = new Submission
            {
                Key = "click", Fingerprint = "f", ByLink = true, Standing = standing, MaxFileBytes = 1000,
            };
            Assert.IsType<Verdict.Accepted>(
                await tasks.AcceptAsync(open.View, new JsonObject { ["ok"] = true }, submission, default));
            return started.Run.Id;
        }
    }
}
