using System.Text.Json;
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
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>The whole core on a real store, with a clock that is moved and a world outside that is made up.</summary>
internal sealed partial class EngineHarness : IDisposable
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
}
