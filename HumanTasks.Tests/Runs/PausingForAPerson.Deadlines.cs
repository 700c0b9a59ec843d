using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task An_answer_at_the_last_millisecond_is_honoured_whatever_woke_the_run()
    {
        var (run, task) = await PausedAsync();
        harness.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        harness.Dies = true;
        await AcceptAsync(task, "just in time");

        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task An_answer_at_the_deadline_is_too_late_and_the_run_expires()
    {
        var (run, task) = await PausedAsync();
        harness.Time.Advance(TimeSpan.FromHours(1));

        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
        await harness.WaitAsync(TimeSpan.Zero);

        Assert.IsType<RunState.Expired>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Expired>((await harness.TaskOfAsync(run)).State);
        Assert.Empty(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_link_never_outlives_its_run()
    {
        using var brief = new EngineHarness(retentionHours: 2);
        await brief.SaveAsync("done", Actions.Done);
        await brief.SaveAsync("waits", $"[{Actions.Assign()}, {Actions.Ask(hours: "2")}]");
        var run = await brief.StartAsync("waits");
        brief.Time.Advance(TimeSpan.FromHours(1.5));
        await brief.SubmitAsync(await brief.TaskOfAsync(run), """{ "answer": "go on" }""");
        await brief.SettleAsync();

        var task = (await brief.Store.TasksOfRunAsync(run.Id, default))[1];

        Assert.Equal(run.AvailableUntil, task.Schedule.ExpiresAt);
    }
}
