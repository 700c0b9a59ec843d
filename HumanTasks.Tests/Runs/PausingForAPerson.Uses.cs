using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task Two_answers_at_once_on_the_last_use_are_one()
    {
        var (run, task) = await PausedAsync();

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => harness.SubmitAsync(task, $$"""{ "answer": "{{i}}" }"""))));
        await harness.SettleAsync();

        Assert.Single(verdicts.OfType<Verdict.Accepted>());
        Assert.Equal(15, verdicts.OfType<Verdict.UsedUp>().Count());
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task Every_use_continues_and_the_last_one_completes()
    {
        var (run, task) = await PausedAsync(maxUses: 2);

        Assert.Equal(1, (await AcceptAsync(task, "one")).View.UsesLeft);
        await harness.SettleAsync();
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
        await AcceptAsync(await harness.TaskOfAsync(run), "two");
        Assert.IsType<Verdict.UsedUp>(await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "three" }"""));
        await harness.SettleAsync();

        Assert.Equal(2, (await harness.ContinuationsAsync(run)).Count);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_maximum_of_uses_need_not_be_reached()
    {
        var (run, task) = await PausedAsync(maxUses: 3);
        await AcceptAsync(task, "one");
        await harness.SettleAsync();

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
    }

    [Fact]
    public async Task The_same_key_is_the_same_submission()
    {
        var (run, task) = await PausedAsync(maxUses: 5);

        var first = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key"));
        var again = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key"));
        var fresh = await harness.TaskOfAsync(run);
        var later = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(fresh, """{ "answer": "a" }""", "key"));
        await harness.SettleAsync();

        Assert.False(first.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(first.Response.Id, again.Response.Id);
        Assert.Equal(first.Response.Id, later.Response.Id);
        Assert.Equal(4, later.View.UsesLeft);
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task The_same_key_is_answered_again_after_the_uses_are_spent()
    {
        var (_, task) = await PausedAsync();
        await harness.SubmitAsync(task, """{ "answer": "a" }""", "key");

        Assert.True(Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key")).Repeated);
        Assert.IsType<Verdict.KeyReused>(await harness.SubmitAsync(task, """{ "answer": "b" }""", "key"));
    }

    [Fact]
    public async Task Wrong_input_is_refused_and_uses_nothing_up()
    {
        var (run, task) = await PausedAsync();

        var verdict = Assert.IsType<Verdict.InvalidInput>(await harness.SubmitAsync(task, """{ "answer": 7, "other": 1 }"""));

        Assert.Equal(["/values/other", "/values/answer"], verdict.Problems.Select(problem => problem.Pointer));
        Assert.Equal(0, (await harness.TaskOfAsync(run)).Uses);
    }
}
