using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task Cancelling_while_paused_closes_the_task_with_the_run()
    {
        var (run, task) = await PausedAsync();

        Assert.IsType<RunVerdict.Done>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "not needed", null, default));

        Assert.Equal("not needed", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
        Assert.IsType<TaskState.Cancelled>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
        Assert.IsType<RunVerdict.Over>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default));
    }

    [Fact]
    public async Task An_accepted_answer_is_delivered_even_when_the_run_is_cancelled_next()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "work of a person");

        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task An_answer_that_is_accepted_while_its_run_is_being_cancelled_is_delivered()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        harness.WhileReading = () => AcceptAsync(task, "work of a person");

        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task The_last_answer_is_delivered_when_it_is_accepted_while_the_one_before_is_taken()
    {
        var (run, task) = await PausedAsync(maxUses: 2);
        harness.Dies = true;
        await AcceptAsync(task, "one");
        harness.WhileReading = async () => await AcceptAsync(await harness.TaskOfAsync(run), "two");

        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        await harness.AdvanceAsync(run.Id, Signal.HumanResponse); // the wake-up of the last answer
        await harness.SettleAsync();

        Assert.Equal(2, (await harness.ContinuationsAsync(run)).Count);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }
}
