using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_tree_takes_no_more_runs_than_it_may_have_however_many_try_at_once()
    {
        const int Limit = 10;
        var root = await StoredAsync(Sample.Run(), []);
        var parents = new List<Run>();
        for (var i = 0; i < 8; i++)
        {
            parents.Add(await StoredAsync(Sample.Run() with { Root = root.Id }, []));
        }

        var results = await Task.WhenAll(parents.Select(parent => Task.Run(() => Runs.CommitAsync(
            Sample.Turn(parent, new RunState.Completed(null)) with
            {
                Starts =
                [
                    .. Enumerable.Range(0, 3).Select(i =>
                        new RunStart(Sample.Continuation(parent, Ids.New(Sample.Start)) with { Root = root.Id }, null, "")),
                ],
                Tree = new RunTree(root.Id, Limit),
            },
            None))));

        var started = 0;
        foreach (var parent in parents)
        {
            started += (await Runs.ContinuationsOfAsync(parent.Id, None)).Count;
        }

        var committed = results.Count(result => result == CommitResult.Committed);
        Assert.Equal(3 * committed, started);
        Assert.InRange(committed, 0, 3);
        Assert.Equal(results.Length - committed, results.Count(result => result == CommitResult.TreeIsFull));
    }

    [Fact]
    public async Task A_turn_that_its_tree_has_no_room_for_leaves_nothing_behind()
    {
        var root = await StoredAsync(Sample.Run(), []);
        var turn = Sample.Turn(root, new RunState.Completed(null)) with
        {
            Starts = [new RunStart(Sample.Continuation(root, Ids.New(Sample.Start)) with { Root = root.Id }, null, "")],
        };

        Assert.Equal(CommitResult.TreeIsFull, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 0) }, None));
        Assert.Equal(root.Version, (await Runs.FindRunAsync(root.Id, None))!.Version);
        Assert.Empty(await Runs.ContinuationsOfAsync(root.Id, None));
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn with { Tree = new RunTree(root.Id, 1) }, None));
    }

    [Fact]
    public async Task What_is_no_longer_available_is_purged_with_all_that_is_its_own()
    {
        var old = Sample.Run();
        var task = Sample.Task(old);
        old = await StoredAsync(old, task);
        await Runs.AcceptAsync(Sample.Used(task), Sample.Response(task, "click"), None);
        var young = await StoredAsync(Sample.Run(Sample.Start.AddDays(1)));

        Assert.Empty(await Runs.PurgeAsync(old.AvailableUntil.AddTicks(-1), 10, None));
        Assert.Equal([old.Id], await Runs.PurgeAsync(old.AvailableUntil, 10, None));

        Assert.Null(await Runs.FindRunAsync(old.Id, None));
        Assert.Null(await Runs.FindTaskAsync(task.Id, None));
        Assert.Null(await Runs.FindSubmissionAsync(task.Id, "click", None));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(old.Id, None));
        Assert.Empty((await Runs.ReadLogAsync(old.Id, null, 10, None)).Items);
        Assert.Empty((await Runs.ListTasksAsync(new TaskQuery("acme", 10), None)).Items);
        Assert.Equal([young.Id], (await Runs.ListRunsAsync(new RunQuery("acme", 10), None)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task A_purge_is_bounded()
    {
        for (var i = 0; i < 5; i++)
        {
            await StoredAsync(Sample.Run());
        }

        var later = Sample.Start.AddDays(60);
        Assert.Equal(2, (await Runs.PurgeAsync(later, 2, None)).Count);
        Assert.Equal(3, (await Runs.PurgeAsync(later, 10, None)).Count);
        Assert.Empty(await Runs.PurgeAsync(later, 10, None));
    }
}
