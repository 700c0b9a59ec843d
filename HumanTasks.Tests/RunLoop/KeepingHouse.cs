using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Standalone;
using HumanTasks.Standalone.Storage;
using HumanTasks.Tests.Storage;
using HumanTasks.Web.Review.Drafts;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HumanTasks.Tests.Turns;

public sealed class KeepingHouse : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTime time = new(Sample.Start);
    private readonly SqliteStores stores = new();
    private readonly Mock<IRunHost> host = new();
    private readonly TaskCompletionSource<string> started = new();
    private readonly FolderFileStore files;
    private readonly Housekeeping housekeeping;

    public KeepingHouse()
    {
        files = new FolderFileStore(Path.Combine(stores.Path, "files"));
        host.Setup(host => host.SignalAsync(It.IsAny<string>(), Signal.Started, It.IsAny<CancellationToken>()))
            .Callback((string runId, Signal _, CancellationToken _) => started.TrySetResult(runId))
            .Returns(Task.CompletedTask);
        var catalog = new EnvironmentCatalog(
            [new RunEnvironment("acme", "Acme", Tier.Free, 1, TimeSpan.FromDays(90), true)]);
        var links = new LinkBuilder(new LinkTokens(new LinkKeyRing([new byte[32]])), () => new Uri("https://tasks.example"));
        var mail = new MailDelivery(Mock.Of<IEmailSender>(), new EffectWatch(time), time);
        var allowance = new MailAllowance(0, time);
        housekeeping = new Housekeeping(
            stores.Runs,
            stores.All.Idempotency,
            files,
            stores.All.Documents,
            new UploadSweep(
                stores.All.Documents, files, stores.Runs, new LinkKeyRing([new byte[32]]), new LimitOptions(), time, NullLoggerFactory.Instance),
            new NoticeLists(
                stores.All.Documents, stores.Runs, catalog, links, mail, allowance, new TaskJournal(stores.All.Documents, time).NoteAsync),
            host.Object,
            catalog,
            time,
            NullLogger<Housekeeping>.Instance);
    }

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await housekeeping.StopAsync(None);
        housekeeping.Dispose();
        stores.Dispose();
    }

    [Fact]
    public async Task A_queued_run_starts_in_the_next_month()
    {
        var run = Sample.First(Sample.Run());
        await stores.Runs.CreateAsync(run, new Metering(202603, 1), None);
        var next = Sample.Continuation(run.Run, Ids.New(Sample.Start)) with { AvailableUntil = Sample.Start.AddDays(90) };
        await stores.Runs.CommitAsync(
            Sample.Turn(run.Run, run.Run.State) with { Starts = [new RunStart(next, new Metering(202603, 1), "waits")] }, None);
        await housekeeping.StartAsync(None);

        Assert.IsType<RunState.Queued>((await stores.Runs.FindRunAsync(next.Id, None))!.State);
        time.SetUtcNow(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(next.Id, await started.Task.WaitAsync(Patience));
        Assert.IsType<RunState.Running>((await stores.Runs.FindRunAsync(next.Id, None))!.State);
    }

    [Fact]
    public async Task What_is_past_its_time_goes_with_its_files()
    {
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None);
        var key = new FileKey(HumanTask.IdOf(run.Id, "ask"), Ids.New(Sample.Start));
        await files.SaveAsync(key, new MemoryStream([1, 2, 3]), None);
        await stores.All.Idempotency.ReserveAsync(
            "acme", "key", new Reservation("1", "hash", Sample.Start), TimeSpan.FromDays(1), None);
        var purged = new TaskCompletionSource();
        stores.Runs.Changed += (_, _) => purged.TrySetResult();

        time.Advance(TimeSpan.FromDays(31));
        await housekeeping.StartAsync(None);
        await purged.Task.WaitAsync(Patience);
        await housekeeping.StopAsync(None);

        Assert.Null(await stores.Runs.FindRunAsync(run.Id, None));
        Assert.Null(await files.OpenAsync(key, None));
    }
}
