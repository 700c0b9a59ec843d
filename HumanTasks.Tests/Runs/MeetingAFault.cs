using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Runs;

/// <summary>A run whose turn throws ends failed, where people see it. The context here has a member twice, and every look at it throws.</summary>
public sealed class MeetingAFault : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_run_whose_turn_is_given_up_is_failed_with_its_correlation_id()
    {
        var run = await PoisonedAsync();
        var answered = await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": true }""");
        Assert.IsType<Verdict.Accepted>(answered);

        await Assert.ThrowsAsync<ArgumentException>(() => harness.AdvanceAsync(run.Id, Signal.HumanResponse));
        var next = await GiveUpAsync(run);

        Assert.True(next.IsOver);
        var failed = await harness.FindAsync(run.Id);
        var state = Assert.IsType<RunState.Failed>(failed.State);
        Assert.True(state.IsFault);
        Assert.Equal(("ask", run.CorrelationId, 5), (state.Error.Action, state.Error.CorrelationId, state.Error.Attempts));
        Assert.Contains(run.CorrelationId, state.Error.Message, StringComparison.Ordinal);
        Assert.IsType<RunState.Paused>(state.Before);
        Assert.Equal(Poison, failed.Context.ToJsonString());
        var log = await harness.Store.ReadLogAsync(run.Id, null, 100, default);
        Assert.Equal((RunEvent.Failed, state.Error.Message), (log.Items[^1].Event, log.Items[^1].Detail));
        Assert.Equal([run.Id], (await harness.Store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 10, Status: RunStatus.Failed), default)).Items.Select(item => item.Id));
        Assert.Empty(await harness.Store.DueRunsAsync(harness.Time.GetUtcNow().AddYears(1), null, 10, default));
    }

    [Fact]
    public async Task It_can_be_retried_and_goes_on_with_the_answer_that_it_had_when_the_cause_is_mended()
    {
        var run = await PoisonedAsync();
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": true }""");
        await GiveUpAsync(run);

        // not mended yet: it stands where it stood, and fails once more
        Assert.IsType<RunVerdict.Done>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, "ada", default));
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
        await Assert.ThrowsAsync<ArgumentException>(harness.SettleAsync);
        await GiveUpAsync(run);

        Assert.IsType<RunVerdict.Done>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, "ada", default));
        await ContextAsync(await harness.FindAsync(run.Id), """{ "kept": 1 }""");
        await harness.SettleAsync();

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.True(Assert.Single(await harness.ContinuationsAsync(run)).Context["ok"]!.GetValue<bool>());
    }

    [Fact]
    public async Task It_can_be_cancelled_and_its_task_is_closed()
    {
        var run = await PoisonedAsync();
        await GiveUpAsync(run);

        Assert.IsType<RunVerdict.Done>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "enough", "ada", default));

        Assert.Equal("enough", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
        Assert.Equal(TaskStatus.Cancelled, (await harness.TaskOfAsync(run)).State.Status);
    }

    [Fact]
    public async Task A_run_that_fails_by_its_rule_set_is_over_as_before()
    {
        await harness.SaveAsync("fails", """[{ "type": "set", "name": "s", "values": { "a": "{{nowhere}}" } }]""");
        var run = await harness.StartAsync("fails");
        Assert.False(Assert.IsType<RunState.Failed>(run.State).IsFault);

        Assert.IsType<RunVerdict.Over>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default));
    }

    [Fact]
    public async Task Giving_up_leaves_a_run_alone_that_is_over_by_then()
    {
        var run = await PoisonedAsync();
        await harness.Store.RestateAsync(
            run.Id, mark => new Restatement(new RunState.Cancelled("first"), new LogLine(harness.Time.GetUtcNow(), null, RunEvent.Cancelled, null)), default);

        Assert.True((await GiveUpAsync(run)).IsOver);

        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    private const string Poison = """{"kept":1,"kept":2}""";

    private Task<Next> GiveUpAsync(Run run) =>
        harness.Engine.AdvanceAsync(new Turn(run.Id, Turn.AnyNumber, Signal.GivenUp, Attempts: 5), default);

    private async Task<Run> PoisonedAsync()
    {
        await harness.SaveAsync("next", """[{ "type": "end" }]""");
        await harness.SaveAsync("asking", """
            [{
              "type": "humanIntervention", "name": "ask", "title": "Look", "maxUses": 1,
              "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "continuation": { "ruleSet": "next" }
            }]
            """);
        return await ContextAsync(await harness.StartAsync("asking"), Poison);
    }

    private async Task<Run> ContextAsync(Run run, string json)
    {
        var poisoned = run with { Context = JsonObject.Create(JsonElement.Parse(json))! };
        Assert.Equal(CommitResult.Committed, await harness.Store.CommitAsync(Sample.Turn(poisoned, run.State), default));
        return await harness.FindAsync(run.Id);
    }
}
