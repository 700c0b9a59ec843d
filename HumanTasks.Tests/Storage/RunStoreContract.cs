using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>What every <see cref="IRunStore"/> does with runs, tasks and responses.</summary>
public abstract partial class RunStoreContract : StoreContract
{
    [Fact]
    public async Task A_run_comes_back_as_it_was_written()
    {
        var run = await StoredAsync(Sample.Run());

        Assert.Equal(Sample.Json(run), Sample.Json(await Runs.FindRunAsync(run.Id, None)));
    }

    [Fact]
    public async Task A_task_comes_back_as_it_was_written()
    {
        var run = Sample.Run();
        var task = Sample.Task(run).For("maria@example.com").Due(Sample.Start.AddHours(2));
        await StoredAsync(run, task);

        Assert.Equal(Sample.Json(task), Sample.Json(await Runs.FindTaskAsync(task.Id, None)));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var run = Sample.Run();

        Assert.Null(await Runs.FindRunAsync(run.Id, None));
        Assert.Null(await Runs.FindRunAsync("no id at all", None));
        Assert.Null(await Runs.FindTaskAsync(HumanTask.IdOf(run.Id, "ask"), None));
        Assert.Null(await Runs.FindTaskAsync("no id at all", None));
        Assert.Null(await Runs.FindSubmissionAsync(HumanTask.IdOf(run.Id, "ask"), "key", None));
        Assert.Empty(await Runs.TasksOfRunAsync(run.Id, None));
        Assert.Empty(await Runs.ResponsesOfTaskAsync(HumanTask.IdOf(run.Id, "ask"), None));
        Assert.Empty(await Runs.UnconsumedResponsesAsync(run.Id, None));
        Assert.Empty(await Runs.ContinuationsOfAsync(run.Id, None));
        Assert.Empty((await Runs.ReadLogAsync(run.Id, null, 10, None)).Items);
        Assert.Equal(CommitResult.Conflict, await Runs.CommitAsync(Sample.Turn(run with { Version = 1 }, new RunState.Cancelled(null)), None));
        Assert.False(await Runs.UpdateTaskAsync(Sample.Used(Sample.Task(run)), None));
        Assert.Equal(
            CommitResult.Conflict,
            await Runs.AcceptAsync(Sample.Used(Sample.Task(run)), Sample.Response(Sample.Task(run)), None));
    }

    [Fact]
    public async Task A_run_is_created_once()
    {
        var run = await StoredAsync(Sample.Run());

        var second = Sample.First(run with { Version = 0, RuleSet = "other" });
        Assert.Equal(CreateResult.AlreadyExists, await Runs.CreateAsync(second, null, None));
        Assert.Equal("approval", (await Runs.FindRunAsync(run.Id, None))!.RuleSet);
    }

    [Fact]
    public async Task A_task_changes_on_its_own_from_the_version_before()
    {
        var run = Sample.Run();
        var task = Sample.Task(run);
        await StoredAsync(run, task);
        var reissued = task.Changed(Sample.Start, TaskEventKind.LinkReissued) with { Asked = task.Asked.Reissued(null) };

        Assert.True(await Runs.UpdateTaskAsync(reissued, None));
        Assert.False(await Runs.UpdateTaskAsync(reissued, None));
        Assert.Equal(1, (await Runs.FindTaskAsync(task.Id, None))!.Generation);
    }

    private static TurnCommit Answered(Run run, HumanTask task, HumanResponse response) =>
        Sample.Turn(run, new RunState.Completed(null), Sample.Used(task)) with { Accepted = response };
}
