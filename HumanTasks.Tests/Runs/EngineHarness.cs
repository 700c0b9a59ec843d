using System.Net;
using System.Text.Json;
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
using HumanTasks.Core.Reading;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>The whole core on a real store, with a clock that is moved and a world outside that is made up.</summary>
internal sealed class EngineHarness : IDisposable
{
    public const string EnvironmentId = "test";

    private readonly string folder = Directory.CreateTempSubdirectory("humantasks-harness-").FullName;
    private readonly DataFolder dataFolder;
    private readonly Database database;
    private readonly EnvironmentCatalog environments;
    private readonly LinkBuilder links;
    private readonly EngineOptions options;
    private readonly IRunStore over;
    private readonly IRuleSetStore ruleSets;
    private readonly Hosted host = new();
    private Func<Task>? whileReading;
    private Action? whileCommitting;

    public EngineHarness(Tier tier = Tier.Dedicated, int? allowance = null, double retentionHours = 720, IReadOnlyList<byte[]>? webhookSecrets = null, int maxModelCalls = 32, IReadOnlyList<NoticeChannel>? channels = null, IReadOnlyDictionary<string, string>? secrets = null, int emailsPerHour = 0, Stores? stores = null, string? dump = null)
    {
        MailAllowance = new MailAllowance(emailsPerHour, Time);
        if (dump is not null)
        {
            using var connection = Connection.OpenToWrite(DataFolder.DatabaseIn(folder));
            connection.Execute(dump);
        }

        dataFolder = DataFolder.Open(folder);
        database = Database.Open(dataFolder, Storages.State());
        Store = new SqliteRunStore(database, Storages.Damaged());
        RuleSets = new SqliteRuleSetStore(database);
        over = stores?.Runs ?? Store;
        ruleSets = stores?.RuleSets ?? RuleSets;
        Environment = new RunEnvironment(
            EnvironmentId, "Test", tier, allowance, TimeSpan.FromHours(retentionHours), HumanTasks: true)
        {
            WebhookSecrets = webhookSecrets ?? [],
            Channels = channels ?? [],
            Secrets = secrets ?? new Dictionary<string, string>(),
        };
        environments = new EnvironmentCatalog([Environment]);
        Documents = stores?.Documents ?? new SqliteDocumentStore(database);
        Files = new FolderFileStore(dataFolder.Files);
        ReceiptKeys = new ReceiptKeys(LinkKeys);
        Receipts = new ReceiptSigner(ReceiptKeys, () => new Uri("https://tasks.example"));
        Tokens = new LinkTokens(LinkKeys);
        links = new LinkBuilder(Tokens, () => new Uri("https://tasks.example"));
        Catalog = new RuleSetCatalog(ruleSets);
        options = new EngineOptions();
        Lanes = new EffectLanes(kind => kind == EffectKind.Model
            ? new EffectLimit(maxModelCalls, maxModelCalls, maxModelCalls)
            : options.EffectLimits(kind));
        Watch = new EffectWatch(Time);
        Engine = NewEngine(host, Between.Commits(
            Between.Reads(over, () => Interlocked.Exchange(ref whileReading, null)?.Invoke() ?? Task.CompletedTask),
            () => Interlocked.Exchange(ref whileCommitting, null)?.Invoke()));
        var answering = NewEngine(new Mortal(this), Between.Commits(over, () =>
        {
            if (Dies)
            {
                throw new IOException("The process dies.");
            }
        }));
        Runs = NewRunOperations(Engine);
        Tasks = NewTaskOperations(answering);
    }

    /// <summary>Happens once, in the middle of what the next turn reads.</summary>
    public Func<Task>? WhileReading
    {
        set => whileReading = value;
    }

    /// <summary>Happens once, right before the next turn is committed.</summary>
    public Action? WhileCommitting
    {
        set => whileCommitting = value;
    }

    /// <summary>While true an answer is accepted on its own, and the process dies before its run is resumed.</summary>
    public bool Dies { get; set; }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public SqliteRunStore Store { get; }

    public SqliteRuleSetStore RuleSets { get; }

    public RuleSetCatalog Catalog { get; }

    public RunEnvironment Environment { get; }

    public LinkKeyRing LinkKeys { get; } = new([new byte[32]]);

    public IDocumentStore Documents { get; }

    public LinkTokens Tokens { get; }

    public RunEngine Engine { get; }

    public RunOperations Runs { get; }

    public TaskOperations Tasks { get; }

    public Mailbox Mail { get; } = new();

    public EffectLanes Lanes { get; }

    public EffectWatch Watch { get; }

    private MailDelivery Delivery => new(Mail, Watch, Time);

    private MailAllowance MailAllowance { get; }

    public NoticeLists NoticeLists => new(
        Documents, over, environments, links, Delivery, MailAllowance, new TaskJournal(Documents, Time).NoteAsync);

    public ScriptedModel Model { get; } = new();

    public ReceiptKeys ReceiptKeys { get; }

    public ReceiptSigner Receipts { get; }

    public Transcripts Transcripts => new(Documents);

    public IFileStore Files { get; }

    public World World { get; } = new();

    /// <summary>An engine of this harness that wakes runs elsewhere.</summary>
    public RunEngine NewEngine(IRunHost wakes, IRunStore store)
    {
        var receipts = new ReceiptLedger(Receipts, store);
        var turns = new TurnMaker(
            store,
            Catalog,
            new ContinuationStarter(Catalog, environments, options),
            new EmailAction(Delivery),
            new HttpAction(new HttpMessageInvoker(World), environments, Watch, Time),
            new AgentAction(Model, Transcripts, store, Files, environments, Time),
            new NoticeSender(
                Delivery, new HttpMessageInvoker(World), new NoticeWriter(NoticeTemplates.None), store, environments, MailAllowance, NoticeLists, Watch, Time),
            environments,
            links,
            receipts,
            options,
            Time);
        return new RunEngine(store, wakes, turns, receipts, Lanes, options, Time);
    }

    public RunOperations NewRunOperations(RunEngine engine) => new(over, engine, environments, links, Time);

    public TaskOperations NewTaskOperations(RunEngine engine) => new(over, engine, links, Time);

    public Task SaveAsync(string name, string actions) => SaveWholeAsync(name, $$"""{ "actions": {{actions}} }""");

    public async Task SaveWholeAsync(string name, string ruleSet)
    {
        var document = JsonElement.Parse(ruleSet);
        var problems = new Problems();
        RuleSetReader.Read(document, problems, Environment.Limits);
        Assert.Empty(problems);
        await SaveOldAsync(name, ruleSet);
    }

    /// <summary>Saves a rule set as an older build did, whatever is refused today.</summary>
    public async Task SaveOldAsync(string name, string ruleSet) => await ruleSets.SaveRuleSetAsync(
        EnvironmentId,
        name,
        JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(ruleSet), ValueJson.Default.JsonElement),
        Time.GetUtcNow(),
        null,
        default);

    /// <summary>Starts a run and gives it its turns until it waits or is over.</summary>
    public async Task<Run> StartAsync(string ruleSet, string context = "{}", string? runId = null)
    {
        var verdict = await TryStartAsync(ruleSet, context, runId);
        var started = Assert.IsType<StartVerdict.Started>(verdict);
        await SettleAsync();
        return await FindAsync(started.Run.Id);
    }

    public async Task<StartVerdict> TryStartAsync(string ruleSet, string context = "{}", string? runId = null) =>
        await Runs.StartAsync(await RequestAsync(ruleSet, context, runId), default);

    public async Task<StartRequest> RequestAsync(string ruleSet, string context = "{}", string? runId = null) => new(
        runId ?? Ids.New(Time.GetUtcNow()),
        Environment,
        await Catalog.FindAsync(EnvironmentId, ruleSet, null, default) ?? throw new InvalidOperationException(ruleSet),
        JsonNode.Parse(context)!.AsObject(),
        null);

    /// <summary>Gives every woken run its turns until nobody wants one at this moment.</summary>
    public async Task SettleAsync()
    {
        while (host.TryTake(out var runId, out var signal))
        {
            await AdvanceAsync(runId, signal);
        }
    }

    public async Task AdvanceAsync(string runId, Signal signal)
    {
        if (await over.FindRunAsync(runId, default) is not { } run)
        {
            return;
        }

        var turn = new Turn(runId, run.Version, signal);
        while (true)
        {
            var next = await Engine.AdvanceAsync(turn, default);
            if (next.IsOver || next.WaitsUntil > Time.GetUtcNow())
            {
                return;
            }

            turn = turn.Then(next, next.WaitsUntil is null ? Signal.Continue : Signal.DeadlinePassed);
        }
    }

    /// <summary>Moves the clock and wakes what is due then.</summary>
    public async Task WaitAsync(TimeSpan time)
    {
        Time.Advance(time);
        foreach (var due in await Store.DueRunsAsync(Time.GetUtcNow(), null, 1000, default))
        {
            await AdvanceAsync(due.RunId, Signal.DeadlinePassed);
        }

        await SettleAsync();
    }

    /// <summary>Forgets every wake-up, as a process that dies does.</summary>
    public void LoseSignals() => host.Clear();

    public async Task<Run> FindAsync(string runId) =>
        await over.FindRunAsync(runId, default) ?? throw new InvalidOperationException($"No run {runId}.");

    public async Task<HumanTask> TaskOfAsync(Run run) => Assert.Single(await over.TasksOfRunAsync(run.Id, default));

    public async Task<Verdict> SubmitAsync(HumanTask task, string values, string? key = null) => await Tasks.AcceptAsync(
        task,
        JsonNode.Parse(values)!.AsObject(),
        new Submission { Key = key, Fingerprint = values, ByLink = true, MaxFileBytes = 1000 },
        default);

    public async Task<IReadOnlyList<Run>> ContinuationsAsync(Run run)
    {
        List<Run> runs = [];
        foreach (var id in await over.ContinuationsOfAsync(run.Id, default))
        {
            runs.Add(await FindAsync(id));
        }

        return runs;
    }

    /// <summary>The bodies in a table of the database, as they are stored.</summary>
    public Task<IReadOnlyList<string>> BodiesAsync(string table) => database.ReadAsync(
        connection =>
        {
            using var row = connection.Prepare($"SELECT body FROM {table}");
            var bodies = new List<string>();
            while (row.Step())
            {
                bodies.Add(System.Text.Encoding.UTF8.GetString(row.Blob(0)));
            }

            return (IReadOnlyList<string>)bodies;
        },
        default);

    /// <summary>Copies the database, as it stands, into a file.</summary>
    public void Copy(string path)
    {
        using var connection = Connection.OpenToWrite(dataFolder.Database);
        connection.Execute($"VACUUM INTO '{path}'");
    }

    public void Dispose()
    {
        database.Dispose();
        dataFolder.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Hears nothing of a process that dies.</summary>
    private sealed class Mortal(EngineHarness harness) : IRunHost
    {
        public Task StartAsync(Run run, CancellationToken cancellationToken) => UnlessDead(host => host.StartAsync(run, default));

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken) =>
            UnlessDead(host => host.SignalAsync(runId, signal, default));

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
            UnlessDead(host => host.AdvancedAsync(runId, next, default));

        public IRunWatch Watch(string runId) => throw new NotSupportedException();

        private Task UnlessDead(Func<Hosted, Task> call) => harness.Dies ? Task.CompletedTask : call(harness.host);
    }

    private sealed class Hosted : IRunHost
    {
        private readonly Queue<(string RunId, Signal Signal)> woken = new();

        public Task StartAsync(Run run, CancellationToken cancellationToken) => SignalAsync(run.Id, Signal.Started, default);

        public Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken)
        {
            lock (woken)
            {
                woken.Enqueue((runId, signal));
            }

            return Task.CompletedTask;
        }

        public Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken) =>
            next.IsOver || next.WaitsUntil is not null ? Task.CompletedTask : SignalAsync(runId, Signal.Continue, default);

        public IRunWatch Watch(string runId) => throw new NotSupportedException();

        public bool TryTake(out string runId, out Signal signal)
        {
            lock (woken)
            {
                var taken = woken.TryDequeue(out var wake);
                (runId, signal) = wake;
                return taken;
            }
        }

        public void Clear()
        {
            lock (woken)
            {
                woken.Clear();
            }
        }
    }
}

/// <summary>Where mail goes; refuses while told to.</summary>
internal sealed class Mailbox : IEmailSender
{
    public List<(Email Email, string Key)> Sent { get; } = [];

    public EffectFailedException? Refuses { get; set; }

    /// <summary>The one address that is refused for good.</summary>
    public string? RefusesTo { get; set; }

    /// <summary>The newest one-time code, once it is there: codes are mailed behind the answer.</summary>
    public async Task<string> CodeAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var code = Sent.ToArray().LastOrDefault(mail => mail.Email.Subject.StartsWith("Your code: ", StringComparison.Ordinal));
            if (code.Email is not null)
            {
                Sent.Remove(code);
                return code.Email.Subject["Your code: ".Length..];
            }

            Assert.True(tries < 500, "No code was mailed.");
            await Task.Delay(10);
        }
    }

    /// <summary>Happens once, while the next email is on its way.</summary>
    public Func<Task>? WhileSending { get; set; }

    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (Refuses is { } refusal)
        {
            throw refusal;
        }

        if (RefusesTo is { } refused && email.To.Contains(refused))
        {
            throw new EffectFailedException("Refused.") { MayPass = false };
        }

        Sent.Add((email, idempotencyKey));
        if (WhileSending is { } happens)
        {
            WhileSending = null;
            await happens();
        }
    }
}

/// <summary>The web outside: answers what the test says.</summary>
internal sealed class World : HttpMessageHandler
{
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NoContent);

    public List<(string Url, string? Body, string? Key)> Calls { get; } = [];

    /// <summary>What came as a webhook.</summary>
    public List<Hook> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        if (request.Headers.TryGetValues("webhook-id", out var ids))
        {
            string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
            Requests.Add(new Hook(ids.Single(), Header("webhook-timestamp")!, Header("webhook-signature"), body!));
        }

        lock (Calls)
        {
            Calls.Add((
                request.RequestUri!.ToString(),
                body,
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
        }

        return Answer(request);
    }
}

/// <summary>What a receiver of webhooks gets.</summary>
internal sealed record Hook(string Id, string Timestamp, string? Signature, string Body);
