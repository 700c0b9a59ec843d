using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_turn_changes_everything_at_once()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        var response = Sample.Response(task);
        var answered = Sample.Used(task);
        await Runs.AcceptAsync(answered, response, None);
        var next = Sample.Continuation(run, response.Id);

        var turn = Sample.Turn(run, new RunState.Completed(null), answered.Changed(Sample.Start, TaskEventKind.Completed)) with
        {
            Consumed = [response.Id],
            Starts = [new RunStart(next, null, "")],
        };
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(turn, None));

        Assert.Equal(RunStatus.Completed, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(3, (await Runs.FindTaskAsync(task.Id, None))!.History.Version);
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Single(await Runs.ResponsesOfTaskAsync(task.Id, None));
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Equal(Sample.Json(next), Sample.Json(await Runs.FindRunAsync(next.Id, None)));
        Assert.Equal([next.Id], await Runs.ContinuationsOfAsync(run.Id, None));
    }

    [Fact]
    public async Task A_turn_of_a_run_that_moved_on_writes_nothing()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        Assert.Equal(CommitResult.Committed, await Runs.CommitAsync(Sample.Turn(run, run.State), None));

        var start = Sample.Continuation(run, Ids.New(Sample.Start));
        var late = Sample.Turn(run, new RunState.Failed(new RunError("ask", "late", 1)), Sample.Used(task), Sample.Task(run, "other")) with
        {
            Starts = [new RunStart(start, null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(late, None));

        Assert.Equal(RunStatus.Paused, (await Runs.FindRunAsync(run.Id, None))!.State.Status);
        Assert.Equal(1, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).History.Version);
        Assert.Equal(2, (await Runs.ReadLogAsync(run.Id, null, 10, None)).Items.Count);
        Assert.Null(await Runs.FindRunAsync(start.Id, None));
    }

    [Fact]
    public async Task A_turn_with_a_task_that_moved_on_writes_nothing()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);
        Assert.True(await Runs.UpdateTaskAsync(task.Changed(Sample.Start, TaskEventKind.LinkReissued), None));

        var turn = Sample.Turn(run, new RunState.Expired("late"), Sample.Task(run, "new"), Sample.Used(task)) with
        {
            Starts = [new RunStart(Sample.Continuation(run, Ids.New(Sample.Start)), null, "")],
        };
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(turn, None));

        Assert.Equal(1, (await Runs.FindRunAsync(run.Id, None))!.Version);
        Assert.Equal(2, Assert.Single(await Runs.TasksOfRunAsync(run.Id, None)).History.Version);
        Assert.Single((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.Null(await Runs.FindRunAsync(turn.Starts[0].Run.Id, None));
    }

    [Fact]
    public async Task A_new_task_that_is_there_already_is_a_conflict()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        run = await StoredAsync(run, task);

        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Sample.Turn(run, run.State, task.Titled("Again")), None));
        Assert.Equal(task.Question.Title, (await Runs.FindTaskAsync(task.Id, None))!.Question.Title);
    }

    [Fact]
    public async Task Of_many_turns_at_once_one_is_committed()
    {
        var run = await StoredAsync(Sample.Run(), []);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            Runs.CommitAsync(Sample.Turn(run, new RunState.Cancelled($"{i}")), None))));

        Assert.Single(results, won => won == CommitResult.Committed);
        Assert.Equal(2, (await Runs.FindRunAsync(run.Id, None))!.Version);
    }
}
