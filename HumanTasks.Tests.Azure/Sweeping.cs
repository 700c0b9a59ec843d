using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Sweeping;
using HumanTasks.Web.Review.Drafts;
using HumanTasks.Web.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HumanTasks.Tests.Functions;

public sealed partial class Sweeping
{
    private const int BatchSize = 100;
    private const int MostBatches = 10;

    private readonly ManualTime time = new();
    private readonly Mock<IRunIndex> index = new();
    private readonly Mock<IRunStore> store = new();
    private readonly Mock<IRunHost> host = new();
    private readonly Mock<IFileStore> files = new();
    private readonly Mock<IDocumentStore> documents = new();
    private readonly Mock<IIdempotencyStore> idempotency = new();
    private readonly Mock<DurableTaskClient> client = new("hub");
    private readonly TaskHub hub = new();
    private readonly List<RunEnvironment> environments = [];

    public Sweeping()
    {
        Unconsumed((_, _) => new Page<string>([], null));
        Due((_, _) => new Page<string>([], null));
        store.Setup(runs => runs.FindRunAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, CancellationToken _) => Record(id));
        index.Setup(runs => runs.PurgeableAsync(
                It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);
        store.Setup(runs => runs.PurgeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);
        documents.Setup(all => all.ListAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);
        client.Setup(client => client.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PurgeResult(1));
    }

    [Fact]
    public async Task Runs_in_need_for_a_minute_are_started()
    {
        DateTimeOffset? before = null;
        Unconsumed((moment, _) =>
        {
            before = moment;
            return new Page<string>(["a"], null);
        });
        Due((_, _) => new Page<string>(["b"], null));

        await SweepAsync();

        Assert.Equal(time.GetUtcNow().AddMinutes(-1), before);
        AssertStarted("a", "b");
    }

    [Fact]
    public async Task Storage_that_refuses_ends_a_sweep_quietly_and_the_next_one_does_everything()
    {
        var isRefusing = true;
        Unconsumed((_, _) => isRefusing ? throw new StorageUnavailableException("503 ServerBusy") : new Page<string>(["a"], null));

        await SweepAsync();
        index.Verify(
            runs => runs.PurgeableAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()), Times.Never());
        isRefusing = false;
        await SweepAsync();

        AssertStarted("a");
    }

    [Fact]
    public async Task A_long_list_is_read_on_in_bounded_batches()
    {
        var pages = 0;
        Due((_, cursor) =>
        {
            Assert.Equal(pages == 0 ? null : $"{pages}", cursor);
            pages++;
            return new Page<string>([$"run{pages}"], $"{pages}");
        });

        await SweepAsync();

        Assert.Equal(MostBatches, pages);
        host.Verify(
            host => host.StartAsync(It.IsAny<Run>(), It.IsAny<CancellationToken>()), Times.Exactly(MostBatches));
        index.Verify(runs => runs.DueAsync(
            It.IsAny<DateTimeOffset>(), It.IsAny<string?>(), BatchSize, It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task A_run_that_is_gone_meanwhile_is_passed_over()
    {
        Due((_, _) => new Page<string>(["gone", "there"], null));
        store.Setup(runs => runs.FindRunAsync("gone", It.IsAny<CancellationToken>())).ReturnsAsync((Run?)null);

        await SweepAsync();

        AssertStarted("there");
    }

    [Fact]
    public async Task Queued_runs_of_each_environment_start_as_its_plan_permits()
    {
        environments.Add(new RunEnvironment("free", "Free", Tier.Free, 5, TimeSpan.FromDays(30), true));
        environments.Add(new RunEnvironment("own", "Own", Tier.Dedicated, 5, TimeSpan.FromDays(30), true));
        store.Setup(runs => runs.ReleaseQueuedAsync(
                It.IsAny<string>(), It.IsAny<Metering>(), time.GetUtcNow(), BatchSize, It.IsAny<CancellationToken>()))
            .ReturnsAsync([]);
        store.Setup(runs => runs.ReleaseQueuedAsync(
                "free", new Metering(202603, 5), time.GetUtcNow(), BatchSize, It.IsAny<CancellationToken>()))
            .ReturnsAsync(["queued"]);

        await SweepAsync();

        AssertStarted("queued");
        store.Verify(runs => runs.ReleaseQueuedAsync(
            "own", new Metering(202603, null), time.GetUtcNow(), BatchSize, It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task Releasing_goes_on_while_batches_are_full()
    {
        environments.Add(new RunEnvironment("free", "Free", Tier.Free, null, TimeSpan.FromDays(30), true));
        var full = Enumerable.Range(0, BatchSize).Select(number => $"run{number}").ToList();
        store.SetupSequence(runs => runs.ReleaseQueuedAsync(
                It.IsAny<string>(),
                It.IsAny<Metering>(),
                It.IsAny<DateTimeOffset>(),
                It.IsAny<int>(),
                It.IsAny<CancellationToken>()))
            .ReturnsAsync(full)
            .ReturnsAsync(["last"]);

        await SweepAsync();

        host.Verify(
            host => host.StartAsync(It.IsAny<Run>(), It.IsAny<CancellationToken>()), Times.Exactly(BatchSize + 1));
    }

    [Fact]
    public async Task One_chore_that_fails_does_not_keep_the_others_from_being_done()
    {
        Unconsumed((_, _) => throw new IOException());

        await SweepAsync();

        store.Verify(runs => runs.PurgeAsync(
            It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task One_run_that_cannot_be_read_gets_a_turn_and_keeps_no_other_from_being_started()
    {
        Unconsumed((_, _) => new Page<string>(["bad", "good"], null));
        store.Setup(runs => runs.FindRunAsync("bad", It.IsAny<CancellationToken>())).ThrowsAsync(new System.Text.Json.JsonException());

        await SweepAsync();

        host.Verify(host => host.SignalAsync("bad", Signal.Continue, It.IsAny<CancellationToken>()), Times.Once);
        AssertStarted("good");
    }

    [Fact]
    public async Task One_run_whose_files_cannot_be_deleted_keeps_no_other_from_being_forgotten()
    {
        index.Setup(runs => runs.PurgeableAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(["bad", "good"]);
        files.Setup(files => files.DeleteOfRunAsync("bad", It.IsAny<CancellationToken>())).ThrowsAsync(new IOException());

        await SweepAsync();

        index.Verify(runs => runs.PurgeOneAsync("good", It.IsAny<CancellationToken>()), Times.Once);
        index.Verify(runs => runs.PurgeOneAsync("bad", It.IsAny<CancellationToken>()), Times.Never);
        idempotency.Verify(keys => keys.PurgeReservationsAsync(
            It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()));
    }

    private Task SweepAsync() => new Sweeper(
        new LostWakeUps(index.Object, store.Object, host.Object, time),
        new QueuedRuns(store.Object, host.Object, new EnvironmentCatalog(environments), time),
        new NoticeLists(
            documents.Object,
            store.Object,
            new EnvironmentCatalog(environments),
            new LinkBuilder(new LinkTokens(new LinkKeyRing([new byte[32]])), () => new Uri("https://tasks.example")),
            new MailDelivery(Mock.Of<IEmailSender>(), new EffectWatch(time), time),
            new MailAllowance(0, time),
            new TaskJournal(documents.Object, time).NoteAsync),
        new Retention(
            index.Object,
            store.Object,
            files.Object,
            documents.Object,
            new UploadSweep(
                documents.Object, files.Object, store.Object, new LinkKeyRing([new byte[32]]), new LimitOptions(), time, NullLoggerFactory.Instance),
            new OrchestrationHistory(hub, time, NullLogger<OrchestrationHistory>.Instance),
            idempotency.Object,
            time),
        hub,
        NullLogger<Sweeper>.Instance).RunAsync(new TimerInfo(), client.Object, default);

    private void AssertStarted(params string[] runIds)
    {
        foreach (var runId in runIds)
        {
            host.Verify(
                host => host.StartAsync(It.Is<Run>(run => run.Id == runId), It.IsAny<CancellationToken>()), Times.Once);
        }

        host.VerifyNoOtherCalls();
    }

    private void Unconsumed(Func<DateTimeOffset, string?, Page<string>> answer) => index
        .Setup(runs => runs.UnconsumedAsync(
            It.IsAny<DateTimeOffset>(), It.IsAny<string?>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync((DateTimeOffset before, string? cursor, int _, CancellationToken _) => answer(before, cursor));

    private void Due(Func<DateTimeOffset, string?, Page<string>> answer) => index
        .Setup(runs => runs.DueAsync(
            It.IsAny<DateTimeOffset>(), It.IsAny<string?>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync((DateTimeOffset before, string? cursor, int _, CancellationToken _) => answer(before, cursor));

    private void Purges(string runId, List<string> order)
    {
        index.Setup(runs => runs.PurgeableAsync(
                It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([runId]);
        store.Setup(runs => runs.PurgeAsync(It.IsAny<DateTimeOffset>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .Callback(() => order.Add("run"))
            .ReturnsAsync([runId]);
    }

    private static Run Record(string id) => new()
    {
        Id = id,
        Environment = "test",
        RuleSet = "approval",
        CorrelationId = id,
        CreatedAt = default,
        UpdatedAt = default,
        AvailableUntil = default,
        State = new RunState.Running(),
        Context = [],
    };
}
