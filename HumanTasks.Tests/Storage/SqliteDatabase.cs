using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Tests.Storage;

public sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteStores stores = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Everything_is_still_there_after_it_was_closed_and_opened()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await stores.Runs.CreateAsync(Sample.First(run, task), new(202603, 1), None);
        await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None);
        await stores.All.RuleSets.SaveRuleSetAsync("acme", "approval", new byte[] { 1 }, Sample.Start, null, None);

        stores.Reopen();

        Assert.Equal(1, (await stores.Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(Core.Tasks.TaskStatus.Completed, (await stores.Runs.FindTaskAsync(task.Id, None))!.State.Status);
        Assert.Single(await stores.Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Single((await stores.Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.NotNull(await stores.All.RuleSets.FindRuleSetAsync("acme", "approval", 1, None));
        Assert.Equal(
            CreateResult.AllowanceExhausted, await stores.Runs.CreateAsync(Sample.First(Sample.Run()), new(202603, 1), None));
    }

    [Fact]
    public void A_second_process_on_the_same_folder_is_refused()
    {
        var refusal = Assert.Throws<OperatorException>(() => DataFolder.Open(stores.Path));

        Assert.Contains("in use by another HumanTasks process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_release_is_refused()
    {
        stores.Close();
        using (var folder = DataFolder.Open(stores.Path))
        {
            using (var connection = Connection.OpenToWrite(folder.Database))
            {
                connection.Execute("PRAGMA user_version = 1000");
            }

            var refusal = Assert.Throws<OperatorException>(() => Database.Open(folder, Storages.State()));
            Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);

            using (var connection = Connection.OpenToWrite(folder.Database))
            {
                connection.Execute($"PRAGMA user_version = {Schema.Newest}");
            }
        }

        stores.Reopen();
    }

    [Fact]
    public async Task A_faulty_unit_of_a_batch_fails_alone()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var held = new ManualResetEventSlim();
        var first = stores.Database.WriteAsync(
            _ =>
            {
                begun.TrySetResult();
                held.Wait();
                return 0;
            },
            None);
        await begun.Task;

        // these three wait behind the first one, and so become one batch
        var run = Sample.Run();
        var good = stores.Runs.CreateAsync(Sample.First(run), null, None);
        var faulty = stores.Database.WriteAsync<int>(
            connection =>
            {
                connection.Execute("DELETE FROM runs");
                throw new InvalidOperationException("Broken.");
            },
            None);
        var other = Sample.Run();
        var alsoGood = stores.Runs.CreateAsync(Sample.First(other), null, None);
        held.Set();

        await first;
        await Assert.ThrowsAsync<InvalidOperationException>(() => faulty);
        Assert.Equal(CreateResult.Created, await good);
        Assert.Equal(CreateResult.Created, await alsoGood);
        Assert.NotNull(await stores.Runs.FindRunAsync(run.Id, None));
        Assert.NotNull(await stores.Runs.FindRunAsync(other.Id, None));
    }

    [Fact]
    public async Task What_was_queued_when_it_closes_is_written()
    {
        var runs = Enumerable.Range(0, 50).Select(_ => Sample.Run()).ToList();
        var created = runs.Select(run => stores.Runs.CreateAsync(Sample.First(run), null, None)).ToList();

        stores.Reopen();

        Assert.All(await Task.WhenAll(created), result => Assert.Equal(CreateResult.Created, result));
        foreach (var run in runs)
        {
            Assert.NotNull(await stores.Runs.FindRunAsync(run.Id, None));
        }
    }

    [Fact]
    public async Task A_cancelled_write_is_not_begun()
    {
        var run = Sample.Run();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stores.Runs.CreateAsync(Sample.First(run), null, new CancellationToken(true)));

        Assert.Null(await stores.Runs.FindRunAsync(run.Id, None));
    }

    [Fact]
    public async Task Due_runs_are_found_in_the_order_of_their_times()
    {
        var late = Sample.Run();
        var early = Sample.Run();
        await stores.Runs.CreateAsync(Sample.First(late, Sample.Task(late, at: Sample.Start.AddHours(5))), null, None);
        await stores.Runs.CreateAsync(Sample.First(early, Sample.Task(early)), null, None);
        await stores.Runs.CreateAsync(Sample.First(Sample.Run()), null, None);
        var both = Sample.Start.AddHours(6);

        Assert.Empty(await stores.Runs.DueRunsAsync(Sample.Start.AddMinutes(59), null, 10, None));
        var due = await stores.Runs.DueRunsAsync(both, null, 10, None);
        Assert.Equal([early.Id, late.Id], due.Select(run => run.RunId));
        Assert.Equal(1, due[0].Version);
        Assert.Equal([late.Id], (await stores.Runs.DueRunsAsync(both, due[0], 10, None)).Select(run => run.RunId));
        Assert.Equal(Sample.Start.AddHours(1), await stores.Runs.NextWakeAsync(Sample.Start, None));
        Assert.Equal(both, await stores.Runs.NextWakeAsync(Sample.Start.AddHours(1), None));
        Assert.Null(await stores.Runs.NextWakeAsync(both, None));
    }

    [Fact]
    public async Task Runs_with_unconsumed_answers_are_found_while_they_go_on()
    {
        var runs = new[] { Sample.Run(), Sample.Run(), Sample.Run() };
        foreach (var run in runs)
        {
            var task = Sample.Task(run);
            await stores.Runs.CreateAsync(Sample.First(run, task), null, None);
            await stores.Runs.AcceptAsync(Sample.Used(task), Sample.Response(task), None);
        }

        var over = Sample.First(runs[1], Sample.Task(runs[1])).Run;
        await stores.Runs.CommitAsync(Sample.Turn(over, new Core.Runs.RunState.Cancelled(null)), None);

        var answered = await stores.Runs.AnsweredRunsAsync(null, 10, None);
        Assert.Equal([runs[0].Id, runs[2].Id], answered.Select(run => run.RunId));
        Assert.Equal([runs[2].Id], (await stores.Runs.AnsweredRunsAsync(answered[0], 10, None)).Select(run => run.RunId));
    }
}
