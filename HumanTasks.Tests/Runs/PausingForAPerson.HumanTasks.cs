using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task A_human_task_goes_on_in_the_same_run_with_the_answer_in_its_context()
    {
        await harness.SaveAsync("task", $$"""[{{Actions.Assign()}}, { "type": "end", "output": "{{"{{check.outcome}}"}}: {{"{{check.values.answer}}"}}" }]""");
        var run = await harness.StartAsync("task");

        var accepted = await AcceptAsync(await harness.TaskOfAsync(run), "fine");
        await harness.SettleAsync();

        Assert.Equal(run.Id, accepted.Response.ResumedRunId);
        var after = await harness.FindAsync(run.Id);
        Assert.Equal("completed: fine", Assert.IsType<RunState.Completed>(after.State).Output!.GetValue<string>());
        Assert.Empty(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_rejection_goes_on_where_the_rule_set_allows_it()
    {
        await harness.SaveAsync("task", $$"""[{{Actions.Assign(""", "allowReject": true""")}}, { "type": "end", "output": "{{"{{check.outcome}}"}}: {{"{{check.reason}}"}}" }]""");
        var run = await harness.StartAsync("task");

        await harness.Tasks.RejectAsync(
            await harness.TaskOfAsync(run), "wrong invoice", new Submission { MaxFileBytes = 1 }, default);
        await harness.SettleAsync();

        Assert.IsType<TaskState.Rejected>((await harness.TaskOfAsync(run)).State);
        var state = (await harness.FindAsync(run.Id)).State;
        Assert.Equal("rejected: wrong invoice", Assert.IsType<RunState.Completed>(state).Output?.GetValue<string>());
    }

    [Fact]
    public async Task A_rejection_that_the_rule_set_does_not_allow_changes_nothing()
    {
        var (run, task) = await PausedAsync();

        Assert.IsType<Verdict.RejectNotAllowed>(await harness.Tasks.RejectAsync(
            task, "wrong invoice", new Submission { MaxFileBytes = 1 }, default));
        await harness.SettleAsync();

        Assert.IsType<TaskState.Pending>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_rejection_that_an_older_build_took_ends_its_run()
    {
        var (run, task) = await PausedAsync();
        Assert.True(await harness.Store.UpdateTaskAsync(task.Allowing(new Rights { AllowReject = true }).AtVersion(task.History.Version + 1), default));

        await harness.Tasks.RejectAsync(
            await harness.TaskOfAsync(run), "wrong invoice", new Submission { MaxFileBytes = 1 }, default);
        await harness.SettleAsync();

        Assert.Equal(
            "Rejected: wrong invoice", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
    }

    [Fact]
    public async Task Cancelling_the_task_cancels_the_run()
    {
        var (run, task) = await PausedAsync();

        await harness.Tasks.CancelAsync(task, "wrong person", new Caller(null), default);
        await harness.SettleAsync();

        Assert.Equal("wrong person", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
    }
}
