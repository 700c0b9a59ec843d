using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task The_answer_goes_on_in_the_continuation_under_the_same_correlation_id()
    {
        var (run, task) = await PausedAsync("""{ "kept": 1, "answer": "old" }""");

        var accepted = await AcceptAsync(task, "new");
        await harness.SettleAsync();

        var continuation = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal(accepted.Response.ResumedRunId, continuation.Id);
        Assert.Equal(run.CorrelationId, continuation.CorrelationId);
        Assert.Equal(1, continuation.Context["kept"]!.GetValue<int>());
        Assert.Equal("new", Assert.IsType<RunState.Completed>(continuation.State).Output!.GetValue<string>());
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task The_run_that_goes_on_is_there_when_its_sender_is_told_its_id()
    {
        var (_, task) = await PausedAsync();
        harness.LoseSignals();

        var accepted = await AcceptAsync(task, "yes");

        Assert.NotNull(await harness.Store.FindRunAsync(accepted.Response.ResumedRunId, default));
    }

    private async Task<(Run Run, HumanTask Task)> PausedAsync(string context = "{}", int maxUses = 1)
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("asks", $"[{Actions.Ask(maxUses)}]");
        var run = await harness.StartAsync("asks", context);
        Assert.IsType<RunState.Paused>(run.State);
        return (run, await harness.TaskOfAsync(run));
    }

    private async Task<Verdict.Accepted> AcceptAsync(HumanTask task, string answer) =>
        Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, $$"""{ "answer": "{{answer}}" }"""));
}
