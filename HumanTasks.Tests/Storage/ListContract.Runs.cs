using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

public abstract partial class ListContract
{
    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        var runs = await RunsAsync(3);

        Assert.Equal(runs.Reverse(), await IdsAsync(new RunQuery("acme", 10)));
    }

    [Fact]
    public async Task Runs_of_other_environments_are_not_listed()
    {
        await RunsAsync(2);
        var foreign = await StoredAsync(NewRun() with { Environment = "globex", CorrelationId = "shared" });

        Assert.Equal([foreign.Id], await IdsAsync(new RunQuery("globex", 10)));
        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, CorrelationId: "shared")));
        Assert.Empty(await IdsAsync(new RunQuery("initech", 10)));
    }

    [Fact]
    public async Task Runs_are_filtered()
    {
        var paused = NewRun() with { RuleSet = "a", CorrelationId = "one" };
        await StoredAsync(paused, Sample.Task(paused));
        var done = await StoredAsync(NewRun() with { RuleSet = "a", CorrelationId = "two" });
        var other = await StoredAsync(NewRun() with { RuleSet = "b", CorrelationId = "one" });

        Assert.Equal([paused.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Paused)));
        Assert.Equal([other.Id, done.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed)));
        Assert.Equal([done.Id, paused.Id], await IdsAsync(new RunQuery("acme", 10, RuleSet: "a")));
        Assert.Equal([other.Id, paused.Id], await IdsAsync(new RunQuery("acme", 10, CorrelationId: "one")));
        Assert.Equal([paused.Id], await IdsAsync(new RunQuery("acme", 10, RuleSet: "a", CorrelationId: "one")));
        Assert.Equal([done.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed, RuleSet: "a")));
        Assert.Equal([other.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Completed, CorrelationId: "one")));
        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Failed)));
    }

    [Fact]
    public async Task A_run_that_changed_its_status_is_listed_under_the_new_one()
    {
        var run = NewRun();
        run = await StoredAsync(run, Sample.Task(run));
        await Runs.CommitAsync(Sample.Turn(run, new RunState.Failed(new RunError("ask", "broken", 3))), None);

        Assert.Empty(await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Paused)));
        Assert.Equal([run.Id], await IdsAsync(new RunQuery("acme", 10, Status: RunStatus.Failed)));
        Assert.Equal([run.Id], await IdsAsync(new RunQuery("acme", 10)));
    }

    [Fact]
    public async Task Pages_of_runs_are_stable_while_runs_are_added()
    {
        var runs = await RunsAsync(5);
        var first = await Runs.ListRunsAsync(new RunQuery("acme", 2), None);
        await RunsAsync(3);
        var second = await Runs.ListRunsAsync(new RunQuery("acme", 2, first.Next), None);
        var third = await Runs.ListRunsAsync(new RunQuery("acme", 2, second.Next), None);

        Assert.Equal(
            runs.Reverse(), first.Items.Concat(second.Items).Concat(third.Items).Select(run => run.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task A_page_that_holds_the_last_run_is_the_last_page()
    {
        await RunsAsync(4);

        var page = await Runs.ListRunsAsync(new RunQuery("acme", 2), None);
        Assert.NotNull(page.Next);
        Assert.Null((await Runs.ListRunsAsync(new RunQuery("acme", 2, page.Next), None)).Next);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not a cursor")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cursor_that_no_list_made_is_refused(string cursor)
    {
        var run = NewRun();
        await StoredAsync(run, Sample.Task(run));

        await Assert.ThrowsAsync<InvalidCursorException>(() => IdsAsync(new RunQuery("acme", 10, cursor)));
        foreach (var sort in Enum.GetValues<TaskSort>())
        {
            await Assert.ThrowsAsync<InvalidCursorException>(
                () => Runs.ListTasksAsync(new TaskQuery("acme", 10, cursor, Sort: sort), None));
        }

        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Runs.ListTasksAsync(new TaskQuery("acme", 10, cursor, RunId: run.Id), None));
    }

    [Fact]
    public async Task The_cursor_of_another_list_is_refused()
    {
        foreach (var run in new[] { NewRun(), NewRun() })
        {
            await StoredAsync(run, Sample.Task(run));
        }

        var ofRuns = (await Runs.ListRunsAsync(new RunQuery("acme", 1), None)).Next;
        var ofNewest = (await Runs.ListTasksAsync(new TaskQuery("acme", 1), None)).Next;

        Assert.NotNull(ofRuns);
        await Assert.ThrowsAsync<InvalidCursorException>(() => Runs.ListTasksAsync(new TaskQuery("acme", 1, ofRuns), None));
        await Assert.ThrowsAsync<InvalidCursorException>(() => IdsAsync(new RunQuery("acme", 1, ofNewest)));
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Runs.ListTasksAsync(new TaskQuery("acme", 1, ofNewest, Sort: TaskSort.ExpiresFirst), None));
    }
}
