using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task An_answer_its_turn_and_the_first_turn_of_what_goes_on_are_one_write()
    {
        var (run, task) = await PausedAsync();
        harness.LoseSignals();

        var accepted = await AcceptAsync(task, "yes");

        Assert.Equal(run.Version + 1, (await harness.FindAsync(run.Id)).Version);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        var continuation = await harness.FindAsync(accepted.Response.ResumedRunId);
        Assert.Equal(1, continuation.Version);
        Assert.Equal("yes", Assert.IsType<RunState.Completed>(continuation.State).Output!.GetValue<string>());
    }

    [Fact]
    public async Task An_effect_waits_until_the_answer_is_safe()
    {
        var (_, task) = await PausedAsync();
        await harness.SaveAsync("done", """[{ "type": "email", "name": "tell", "to": "ada@example.com", "subject": "s", "body": "b" }]""");

        var accepted = await AcceptAsync(task, "yes");
        Assert.Empty(harness.Mail.Sent);
        Assert.IsType<RunState.Running>((await harness.FindAsync(accepted.Response.ResumedRunId)).State);

        await harness.SettleAsync();
        Assert.Single(harness.Mail.Sent);
    }

    [Fact]
    public async Task A_fault_in_a_turn_loses_no_answer()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true; // its commit throws

        await AcceptAsync(task, "work of a person");

        Assert.Single(await harness.Store.UnconsumedResponsesAsync(run.Id, default));
        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_thousand_races_of_an_answer_a_turn_and_another_answer_lose_and_double_nothing()
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("twice", $"[{Actions.Ask(maxUses: 2)}]");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (_, stop) =>
        {
            var started = Assert.IsType<StartVerdict.Started>(await harness.TryStartAsync("twice"));
            var (run, task) = (started.Run, started.Task!);
            await Task.WhenAll(
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "one" }""", "one"), stop),
                Task.Run(() => harness.AdvanceAsync(run.Id, Signal.HumanResponse), stop),
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "two" }""", "two"), stop),
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "one" }""", "one"), stop));
            await harness.AdvanceAsync(run.Id, Signal.HumanResponse);

            var outputs = (await harness.ContinuationsAsync(run))
                .Select(next => ((RunState.Completed)next.State).Output!.GetValue<string>());
            Assert.Equal(["one", "two"], outputs.Order());
            Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
            Assert.Equal(2, (await harness.Store.ResponsesOfTaskAsync(task.Id, default)).Count);
        });
    }

    [Fact]
    public async Task A_turn_that_runs_twice_continues_once()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");
        var turn = new Turn(run.Id, run.Version, Signal.HumanResponse);

        await harness.Engine.AdvanceAsync(turn, default);
        await harness.Engine.AdvanceAsync(turn, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task Two_turns_at_once_continue_once()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => harness.AdvanceAsync(run.Id, Signal.HumanResponse))));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_lost_signal_costs_nothing_but_time()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_signal_without_an_answer_changes_nothing()
    {
        var (run, _) = await PausedAsync();

        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        await harness.AdvanceAsync(run.Id, Signal.DeadlinePassed);

        Assert.Equal(run.Version, (await harness.FindAsync(run.Id)).Version);
    }
}
