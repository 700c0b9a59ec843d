using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>A process may end between a transaction and what follows it: the wire is cut there, and later mended.</summary>
[NeedsAzurite]
public sealed partial class RepairingTheIndex : IAsyncLifetime
{
    private TableStores stores = null!;

    private static CancellationToken None => CancellationToken.None;

    private DateTimeOffset AMinuteAgo => stores.Time.GetUtcNow().AddMinutes(-1);

    public async Task InitializeAsync() => stores = await TableStores.OpenAsync();

    public async Task DisposeAsync() => await stores.DisposeAsync();

    [Fact]
    public async Task A_run_that_nobody_asks_for_is_brought_to_the_lists_by_the_sweeper()
    {
        var run = Sample.Run();
        CutAfterTheTransaction();
        Assert.Equal(CreateResult.Created, await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None));
        Mend();
        Assert.Empty(await RunsAsync(RunStatus.Paused));

        Assert.Empty((await stores.Runs.DueAsync(AMinuteAgo, null, 10, None)).Items);
        Assert.Empty(await RunsAsync(RunStatus.Paused)); // too young: its write may still be at it

        stores.Time.Advance(TimeSpan.FromMinutes(2));
        await stores.Runs.DueAsync(AMinuteAgo, null, 10, None);
        Assert.Equal([run.Id], await RunsAsync(RunStatus.Paused));
        Assert.Single((await stores.Runs.ListTasksAsync(new TaskQuery("acme", 10), None)).Items);
        await AssertNothingIsLeftAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_somebody_asks_for_is_repaired_then()
    {
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None);
        run = (await stores.Runs.FindRunAsync(run.Id, None))!;
        CutAfterTheTransaction();
        await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Cancelled(null)), None);
        Mend();

        stores.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(RunStatus.Cancelled, (await stores.Runs.FindRunAsync(run.Id, None))!.State.Status);

        Assert.Equal([run.Id], await RunsAsync(RunStatus.Cancelled));
        Assert.Empty(await RunsAsync(RunStatus.Paused));
        await AssertNothingIsLeftAsync(run.Id);
    }

    [Fact]
    public async Task A_stale_row_is_skipped_and_taken_away()
    {
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None);
        run = (await stores.Runs.FindRunAsync(run.Id, None))!;
        CutAfterTheTransaction();
        await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Cancelled(null)), None);
        Mend();

        Assert.Empty(await RunsAsync(RunStatus.Paused));
        stores.Requests.Clear();
        Assert.Empty(await RunsAsync(RunStatus.Paused));
        Assert.Single(stores.Requests.Sent); // nothing left to look at

        stores.Time.Advance(TimeSpan.FromSeconds(11));
        await stores.Runs.FindRunAsync(run.Id, None);
        Assert.Equal([run.Id], await RunsAsync(RunStatus.Cancelled));
    }

    [Fact]
    public async Task A_late_writer_takes_nothing_away_from_the_next_one()
    {
        // paused, running, paused: the delayed writes of the first change come after those of the second
        var run = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(run, Sample.Task(run)), null, None);
        run = (await stores.Runs.FindRunAsync(run.Id, None))!;
        var paused = run.State;
        CutAfterTheTransaction();
        await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Running()), None);
        Mend();
        run = (await stores.Runs.FindRunAsync(run.Id, None))!;
        await stores.Runs.CommitAsync(Sample.Turn(run, paused), None);

        stores.Time.Advance(TimeSpan.FromMinutes(2));
        await stores.Runs.DueAsync(AMinuteAgo, null, 10, None);

        Assert.Equal([run.Id], await RunsAsync(RunStatus.Paused));
        Assert.Empty(await RunsAsync(RunStatus.Running));
        await AssertNothingIsLeftAsync(run.Id);
    }

    [Fact]
    public async Task Starts_that_were_lost_are_made_by_the_sweeper_once()
    {
        var run = await StoredAsync(Sample.Run());
        var starts = Enumerable.Range(0, 3)
            .Select(i => new RunStart(Sample.Continuation(run, Ids.New(Sample.Start.AddSeconds(i))), new(202603, 2), "waits"))
            .ToList();
        CutAfterTheTransaction();
        Assert.Equal(CommitResult.Committed, await stores.Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = starts }, None));
        Mend();
        Assert.Null(await stores.Runs.FindRunAsync(starts[0].Run.Id, None));
        Assert.Equal(starts.Select(start => start.Run.Id), await stores.Runs.ContinuationsOfAsync(run.Id, None));

        stores.Time.Advance(TimeSpan.FromMinutes(2));
        var due = await stores.Runs.DueAsync(AMinuteAgo, null, 10, None);

        Assert.Equal(starts.Take(2).Select(start => start.Run.Id).Order(), due.Items.Order());
        Assert.Equal(RunStatus.Queued, (await stores.Runs.FindRunAsync(starts[2].Run.Id, None))!.State.Status);
        await stores.Runs.DueAsync(AMinuteAgo, null, 10, None);
        Assert.Equal(
            CreateResult.AllowanceExhausted, await stores.Runs.CreateAsync(Sample.First(Sample.Run()), new(202603, 2), None));
        Assert.Equal(CreateResult.Created, await stores.Runs.CreateAsync(Sample.First(Sample.Run()), new(202603, 3), None));
    }

    [Fact]
    public async Task Runs_that_nobody_takes_their_turn_for_are_due()
    {
        var late = Sample.Run();
        var early = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(late, Sample.Task(late, at: Sample.Start.AddHours(5))), null, None);
        await stores.Runs.CreateAsync(Sample.First(early, Sample.Task(early)), null, None);
        await StoredAsync(Sample.Run());
        var both = Sample.Start.AddHours(7);

        Assert.Empty((await stores.Runs.DueAsync(Sample.Start.AddHours(1), null, 10, None)).Items);
        Assert.Equal([early.Id, late.Id], (await stores.Runs.DueAsync(both, null, 10, None)).Items);
        var first = await stores.Runs.DueAsync(both, null, 1, None);
        Assert.Equal([early.Id], first.Items);
        Assert.Equal([late.Id], (await stores.Runs.DueAsync(both, first.Next, 1, None)).Items);

        var run = (await stores.Runs.FindRunAsync(early.Id, None))!;
        await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Completed(null)), None);
        Assert.Equal([late.Id], (await stores.Runs.DueAsync(both, null, 10, None)).Items);
    }

    [Fact]
    public async Task What_would_be_purged_is_named_before()
    {
        var run = await StoredAsync(Sample.Run());
        await StoredAsync(Sample.Run(Sample.Start.AddDays(1)));

        Assert.Empty(await stores.Runs.PurgeableAsync(run.AvailableUntil.AddTicks(-1), 10, None));
        Assert.Equal([run.Id], await stores.Runs.PurgeableAsync(run.AvailableUntil, 10, None));
        Assert.Equal([run.Id], await stores.Runs.PurgeAsync(run.AvailableUntil, 10, None));
        Assert.Empty(await stores.Runs.PurgeableAsync(run.AvailableUntil, 10, None));
    }

    [Fact]
    public async Task A_purge_that_was_cut_off_is_taken_up_again()
    {
        var (run, task) = await PausedAsync();
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None);
        var later = Sample.Start.AddDays(60);
        stores.Requests.Fail = request => request.Contains("$batch", StringComparison.Ordinal)
            && request.Contains(stores.Tables.Runs.Name, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => stores.Runs.PurgeAsync(later, 10, None));
        Mend();

        Assert.Equal([run.Id], await stores.Runs.PurgeAsync(later, 10, None));
        Assert.Empty(await RowsAsync());
        Assert.Null(await stores.Runs.FindRunAsync(run.Id, None));
    }

    [Fact]
    public async Task Responses_that_are_marked_after_the_transaction_are_never_taken_in_twice()
    {
        var (_, task) = await PausedAsync(maxUses: 1000);
        for (var i = 0; i < 60; i++)
        {
            var response = Sample.Response(task);
            task = Sample.Used(task);
            await stores.Runs.AcceptAsync(task, response, None);
        }

        var run = (await stores.Runs.FindRunAsync(task.RunId, None))!;
        var open = await stores.Runs.UnconsumedResponsesAsync(run.Id, None);
        CutAfterTheTransaction();
        await stores.Runs.CommitAsync(
            Sample.Turn(run, run.State) with { Consumed = [.. open.Select(response => response.Id)] }, None);
        Mend();

        // the next turn begins at once, and by reading the run
        await stores.Runs.FindRunAsync(run.Id, None);
        Assert.Empty(await stores.Runs.UnconsumedResponsesAsync(run.Id, None));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_known_again()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        stores.Requests.LoseAnswerOf = request => request.Contains("$batch", StringComparison.Ordinal);
        Assert.Equal(CreateResult.Created, await stores.Runs.CreateAsync(Sample.First(run, task), new(202603, 1), None));

        stores.Requests.LoseAnswerOf = request => request.Contains("$batch", StringComparison.Ordinal);
        Assert.Equal(CommitResult.Committed, await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None));

        run = (await stores.Runs.FindRunAsync(run.Id, None))!;
        stores.Requests.LoseAnswerOf = request => request.Contains("$batch", StringComparison.Ordinal);
        Assert.Equal(CommitResult.Committed, await stores.Runs.CommitAsync(Sample.Turn(run, new RunState.Completed(null)), None));
        Assert.Equal(2, (await stores.Runs.FindRunAsync(run.Id, None))!.Version);
    }

    private void CutAfterTheTransaction()
    {
        var cut = false;
        stores.Requests.Fail = request =>
        {
            if (cut)
            {
                return true;
            }

            cut = request.Contains("$batch", StringComparison.Ordinal)
                && request.Contains(stores.Tables.Runs.Name, StringComparison.Ordinal);
            return false;
        };
    }

    private void Mend() => stores.Requests.Fail = null;

    private async Task<(Run Run, HumanTask Task)> PausedAsync(int maxUses = 1)
    {
        var run = Sample.Run();
        var task = Sample.Task(run).Usable(maxUses);
        await stores.Runs.CreateAsync(Sample.First(run, task), null, None);
        return (run, task);
    }

    private async Task<Run> StoredAsync(Run run)
    {
        var first = Sample.First(run);
        await stores.Runs.CreateAsync(first, null, None);
        return first.Run;
    }

    private async Task<List<string>> RunsAsync(RunStatus status) =>
        [.. (await stores.Runs.ListRunsAsync(new RunQuery("acme", 10, Status: status), None)).Items.Select(run => run.Id)];

    /// <summary>No todo, no announcement, and only rows that point to where the run and its tasks stand.</summary>
    private async Task AssertNothingIsLeftAsync(string runId)
    {
        var kinds = (await RowsAsync()).ConvertAll(row => row.Split('.')[0]);
        Assert.DoesNotContain("announced", kinds);
        Assert.Empty((await new RunPartition(stores.Tables.Runs, new RowCache()).HeadAsync(runId, None)).Todos);
        Assert.Single(kinds, "status");
        Assert.Single(kinds, "ruleset");
        Assert.InRange(kinds.Count(kind => kind == "wake"), 0, 1);
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        await foreach (var row in stores.Tables.Index.QueryAsync<Azure.Data.Tables.TableEntity>(filter: (string?)null))
        {
            rows.Add(row.RowKey);
        }

        return rows;
    }
}
