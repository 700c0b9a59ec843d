using HumanTasks.Core;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

/// <summary>What every <see cref="IRunStore"/> does when runs are counted against an allowance.</summary>
public abstract class AllowanceContract : StoreContract
{
    private static readonly Metering TwoInMarch = new(202603, 2);
    private static readonly Metering TwoInApril = new(202604, 2);

    [Fact]
    public async Task A_run_over_the_allowance_is_not_created()
    {
        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch));
        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch));

        var run = Sample.Run();
        var first = Sample.First(run, Sample.Task(run));
        Assert.Equal(CreateResult.AllowanceExhausted, await Runs.CreateAsync(first, TwoInMarch, None));

        Assert.Null(await Runs.FindRunAsync(run.Id, None));
        Assert.Empty(await Runs.TasksOfRunAsync(run.Id, None));
        Assert.Empty((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
    }

    [Fact]
    public async Task An_allowance_of_nothing_lets_nothing_start() =>
        Assert.Equal(CreateResult.AllowanceExhausted, await CreateAsync(new Metering(202603, 0)));

    [Fact]
    public async Task An_allowance_is_of_its_month_and_its_environment()
    {
        await CreateAsync(TwoInMarch);
        await CreateAsync(TwoInMarch);

        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInApril));
        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch, "globex"));
        Assert.Equal(CreateResult.AllowanceExhausted, await CreateAsync(TwoInMarch));
    }

    [Fact]
    public async Task Without_a_limit_runs_are_only_counted()
    {
        var counted = new Metering(202603, null);
        await CreateAsync(counted);
        await CreateAsync(counted);

        Assert.Equal(CreateResult.Created, await CreateAsync(counted));
        Assert.Equal(CreateResult.AllowanceExhausted, await CreateAsync(new Metering(202603, 3)));
        Assert.Equal(CreateResult.Created, await CreateAsync(new Metering(202603, 4)));
    }

    [Fact]
    public async Task A_run_that_exists_is_not_counted_again()
    {
        var first = Sample.First(Sample.Run());
        await Runs.CreateAsync(first, TwoInMarch, None);

        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(first, TwoInMarch, None));
        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch));
        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(first, TwoInMarch, None));
    }

    [Fact]
    public async Task Many_creations_at_once_stay_within_the_allowance()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => CreateAsync(new Metering(202603, 7)))));

        Assert.Equal(7, results.Count(result => result == CreateResult.Created));
    }

    [Fact]
    public async Task A_queued_run_is_never_purged_and_gets_its_whole_time_when_it_is_released()
    {
        var run = await StoredAsync(Sample.Run());
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = Starts(run, 3) }, None);
        var queued = (await Runs.ListRunsAsync(new RunQuery(run.Environment, 10, Status: RunStatus.Queued), None)).Items[0];
        var late = queued.AvailableUntil.AddDays(1);

        Assert.DoesNotContain(queued.Id, await Runs.PurgeAsync(late, 100, None));
        Assert.Equal([queued.Id], await Runs.ReleaseQueuedAsync(run.Environment, TwoInApril, late, 10, None));

        Assert.Equal(late + (queued.AvailableUntil - queued.CreatedAt), (await Runs.FindRunAsync(queued.Id, None))!.AvailableUntil);
        Assert.Empty(await Runs.PurgeAsync(late.AddDays(1), 100, None));
    }

    [Fact]
    public async Task A_metered_start_over_the_allowance_is_queued()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Starts(run, 3);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None));

        Assert.IsType<RunState.Running>(await StateAsync(starts[0]));
        Assert.IsType<RunState.Running>(await StateAsync(starts[1]));
        Assert.Equal(new RunState.Queued("waits"), await StateAsync(starts[2]));
        Assert.Equal(CreateResult.AllowanceExhausted, await CreateAsync(TwoInMarch));
        Assert.Equal(3, (await Runs.ContinuationsOfAsync(run.Id, None)).Count);
    }

    [Fact]
    public async Task A_start_that_is_not_metered_is_neither_counted_nor_queued()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Starts(run, 3).Select(start => start with { Metering = null }).ToList();
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None);

        Assert.IsType<RunState.Running>(await StateAsync(starts[2]));
        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch));
    }

    [Fact]
    public async Task A_repeated_start_is_counted_once()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Starts(run, 1);
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None);
        await Runs.CommitAsync(Sample.Turn(run with { Version = 2 }, run.State) with { Starts = starts }, None);

        Assert.Equal(CreateResult.Created, await CreateAsync(TwoInMarch));
        Assert.Equal(CreateResult.AllowanceExhausted, await CreateAsync(TwoInMarch));

        await Runs.CommitAsync(Sample.Turn(run with { Version = 3 }, run.State) with { Starts = starts }, None);
        Assert.IsType<RunState.Running>(await StateAsync(starts[0]));
    }

    [Fact]
    public async Task Queued_runs_are_released_oldest_first_as_far_as_the_allowance_permits()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Starts(run, 6);
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None);
        var april = Sample.Start.AddMonths(1).AddDays(-2);

        Assert.Empty(await Runs.ReleaseQueuedAsync("acme", TwoInMarch, april, 10, None));
        Assert.Empty(await Runs.ReleaseQueuedAsync("globex", TwoInApril, april, 10, None));
        Assert.Equal([starts[2].Run.Id], await Runs.ReleaseQueuedAsync("acme", TwoInApril, april, 1, None));
        Assert.Equal([starts[3].Run.Id], await Runs.ReleaseQueuedAsync("acme", TwoInApril, april, 10, None));
        Assert.Empty(await Runs.ReleaseQueuedAsync("acme", TwoInApril, april, 10, None));
        Assert.Equal(
            [starts[4].Run.Id, starts[5].Run.Id],
            await Runs.ReleaseQueuedAsync("acme", new Metering(202604, null), april, 10, None));
    }

    [Fact]
    public async Task A_released_run_goes_on_from_its_next_version()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Starts(run, 3);
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None);
        var later = Sample.Start.AddDays(2);
        await Runs.ReleaseQueuedAsync("acme", TwoInApril, later, 10, None);

        var released = (await Runs.FindRunAsync(starts[2].Run.Id, None))!;
        Assert.Equal(new RunState.Running(), released.State);
        Assert.Equal(1, released.Version);
        Assert.Equal(later, released.UpdatedAt);
        Assert.Equal(
            RunEvent.AllowanceReleased, Assert.Single((await Runs.ReadLogAsync(released.Id, null, 10, None)).Items).Event);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(released, new RunState.Completed(null)), None));
    }

    private Task<CreateResult> CreateAsync(Metering metering, string environment = "acme") =>
        Runs.CreateAsync(Sample.First(Sample.Run(environment: environment)), metering, None);

    private static List<RunStart> Starts(Run run, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new RunStart(
            Sample.Continuation(run, Ids.New(Sample.Start.AddSeconds(i))), TwoInMarch, "waits")),
    ];

    private async Task<RunState> StateAsync(RunStart start) => (await Runs.FindRunAsync(start.Run.Id, None))!.State;
}
