using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Storage;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_run_is_read_with_its_tasks_and_what_it_queued()
    {
        var run = Sample.Run();
        run = await StoredAsync(run, Sample.Task(run, "zebra"));
        var (first, second) = (Sample.Continuation(run, Ids.New(Sample.Start)), Sample.Continuation(run, Ids.New(Sample.Start)));
        var turn = Sample.Turn(run, run.State, Sample.Task(run, "aardvark", Sample.Start.AddMinutes(1))) with
        {
            Starts = [new RunStart(first, null, ""), new RunStart(second, null, "")],
        };
        await Runs.CommitAsync(turn, None);

        var details = (await Runs.FindDetailsAsync(run.Id, None))!;
        Assert.Equal(Sample.Json(turn.Run), Sample.Json(details.Run));
        Assert.Equal(["zebra", "aardvark"], details.Tasks.Select(task => task.Action));
        Assert.Equal([first.Id, second.Id], details.Continuations);

        var bare = (await Runs.FindDetailsAsync(first.Id, None))!;
        Assert.Empty(bare.Tasks);
        Assert.Empty(bare.Continuations);
        Assert.Null(await Runs.FindDetailsAsync(Ids.New(Sample.Start), None));
        Assert.Null(await Runs.FindDetailsAsync("no id at all", None));
    }

    [Fact]
    public async Task What_a_turn_looks_at_is_the_task_that_the_run_waits_for_and_every_open_answer()
    {
        var run = Sample.Run();
        var (asked, later) = (Sample.Task(run).Usable(3), Sample.Task(run, "later"));
        run = await StoredAsync(run, asked);
        var standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(Sample.Json(run), Sample.Json(standing.Run));
        Assert.Equal(Sample.Json(asked), Sample.Json(standing.Task));
        Assert.Empty(standing.Unconsumed);

        // a newer task that the run does not wait for, and an answer
        await Runs.CommitAsync(Sample.Turn(run, run.State, later), None);
        Assert.Equal(asked.Id, (await Runs.FindStandingAsync(run.Id, None))!.Task!.Id);
        var response = Sample.Response(asked);
        await Runs.AcceptAsync(Sample.Used(asked), response, None);
        standing = (await Runs.FindStandingAsync(run.Id, None))!;
        Assert.Equal(1, standing.Task!.Uses);
        Assert.Equal([response.Id], standing.Unconsumed.Select(open => open.Id));

        var over = await StoredAsync(Sample.Run());
        Assert.Null((await Runs.FindStandingAsync(over.Id, None))!.Task);
        Assert.Null(await Runs.FindStandingAsync(Ids.New(Sample.Start), None));
    }

    [Fact]
    public async Task Tasks_of_a_run_are_listed_oldest_first()
    {
        var run = Sample.Run();
        run = await StoredAsync(run, Sample.Task(run, "zebra"));
        await Runs.CommitAsync(Sample.Turn(run, run.State, Sample.Task(run, "aardvark", Sample.Start.AddMinutes(1))), None);
        await StoredAsync(Sample.Run(), Sample.Task(Sample.Run(), "foreign"));

        Assert.Equal(["zebra", "aardvark"], (await Runs.TasksOfRunAsync(run.Id, None)).Select(task => task.Action));
    }

    [Fact]
    public async Task A_start_that_exists_is_left_alone()
    {
        var run = await StoredAsync(Sample.Run());
        var next = Sample.Continuation(run, Ids.New(Sample.Start));
        await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(next, new RunState.Completed(null)), None));

        var again = Sample.Turn(run with { Version = 2 }, run.State) with { Starts = [new RunStart(next, null, "")] };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(again, None));

        Assert.Equal(1, (await Runs.FindRunAsync(next.Id, None))!.Version);
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task Continuations_are_listed_oldest_first()
    {
        var run = await StoredAsync(Sample.Run());
        var started = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var next = Sample.Continuation(run, Ids.New(Sample.Start.AddMinutes(i)));
            started.Add(next.Id);
            await Runs.CommitAsync(Sample.Turn(run, run.State) with { Starts = [new RunStart(next, null, "")] }, None);
            run = run with { Version = run.Version + 1 };
        }

        Assert.Equal(started, await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task The_log_is_read_in_pages()
    {
        var run = await StoredAsync(Sample.Run());
        for (var turn = 1; turn <= 4; turn++)
        {
            var lines = Enumerable.Range(0, 3).Select(i => Sample.Line(Sample.Start, RunEvent.HttpCalled, $"{turn}.{i}"));
            await Runs.CommitAsync(Sample.Turn(run, run.State) with { Log = [.. lines] }, None);
            run = run with { Version = run.Version + 1 };
        }

        var read = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await Runs.ReadLogAsync(run.Id, cursor, 2, None);
            Assert.InRange(page.Items.Count, 1, 2);
            read.AddRange(page.Items.Select(line => line.Detail));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            [null, "1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "3.0", "3.1", "3.2", "4.0", "4.1", "4.2"], read);
        await Assert.ThrowsAsync<InvalidCursorException>(() => Runs.ReadLogAsync(run.Id, "not a cursor", 200, None));
    }
}
