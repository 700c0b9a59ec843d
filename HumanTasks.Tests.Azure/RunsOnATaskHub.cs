using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Sweeping;
using HumanTasks.Tests.Runs;
using Microsoft.DurableTask.Client;
using Moq;

namespace HumanTasks.Tests.Functions;

/// <summary>The core, a real store and the orchestration over a task hub that loses what it is given.</summary>
public sealed class RunsOnATaskHub : IDisposable
{
    private const string Approval = """
        [
          { "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Well?", "expiresInHours": 48,
            "form": { "fields": [ { "name": "ok", "type": "boolean", "label": "OK" } ] } },
          { "type": "end", "output": "{{ask.outcome}}" }
        ]
        """;

    private const string Mail = """
        [ { "type": "email", "name": "tell", "to": "bo@example.com", "subject": "s", "body": "b" } ]
        """;

    private readonly EngineHarness harness = new();
    private readonly FakeTaskHub hub;
    private readonly HarnessOnAHub core;
    private readonly LostWakeUps lost;
    private readonly Mock<IRunIndex> index = new();

    public RunsOnATaskHub()
    {
        hub = new FakeTaskHub(harness.Time) { Advance = Advance };
        core = new HarnessOnAHub(harness, hub.Client);
        lost = new LostWakeUps(index.Object, harness.Store, core.Host, harness.Time);
    }

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task An_answer_ends_the_wait()
    {
        var run = await PausedAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, hub.StatusOf(run.Id));

        await AnswerAsync(run);

        await AssertCompletedAsync(run);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, hub.StatusOf(run.Id));
    }

    [Fact]
    public async Task An_answer_whose_event_is_lost_counts_at_the_deadline()
    {
        var run = await PausedAsync();
        hub.LosesEvents = true;
        await AnswerAsync(run);
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);

        harness.Time.Advance(TimeSpan.FromHours(48));
        hub.Settle();

        await AssertCompletedAsync(run);
    }

    [Fact]
    public async Task An_answer_whose_event_is_lost_counts_when_the_sweeper_comes()
    {
        var run = await PausedAsync();
        hub.LosesEvents = true;
        await AnswerAsync(run);
        hub.LosesEvents = false;

        await SweepAsync(unconsumed: run);

        await AssertCompletedAsync(run);
    }

    [Fact]
    public async Task A_run_whose_start_is_lost_is_started_by_the_sweeper()
    {
        hub.LosesStarts = true;
        var run = await PausedAsync();
        await AnswerAsync(run);
        hub.LosesStarts = false;

        await SweepAsync(due: run);

        await AssertCompletedAsync(run);
    }

    [Fact]
    public async Task A_run_whose_orchestration_failed_is_started_again_by_the_sweeper()
    {
        var run = await PausedAsync();
        hub.Advance = _ => throw new TimeoutException();
        await AnswerAsync(run);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, hub.StatusOf(run.Id));
        hub.Advance = Advance;

        await SweepAsync(unconsumed: run);

        await AssertCompletedAsync(run);
    }

    [Fact]
    public async Task A_doubled_sweep_changes_nothing()
    {
        var run = await PausedAsync();
        await SweepAsync(due: run);
        await SweepAsync(due: run);

        Assert.Equal(1, hub.Starts);
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Cancelling_reaches_a_run_that_waits()
    {
        var run = await PausedAsync();

        Assert.IsType<RunVerdict.Done>(await core.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "enough", null, default));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, hub.StatusOf(run.Id));
        Assert.DoesNotContain(hub[run.Id].Timers, timer => timer.IsOpen);
    }

    [Fact]
    public async Task Cancelling_while_events_are_lost_leaves_nothing_that_could_go_on()
    {
        var run = await PausedAsync();
        hub.LosesEvents = true;
        await core.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "enough", null, default);

        harness.Time.Advance(TimeSpan.FromHours(48));
        hub.Settle();

        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, hub.StatusOf(run.Id));
    }

    [Fact]
    public async Task Cancelling_reaches_a_run_that_waits_for_its_next_attempt()
    {
        var run = await FailingAsync();

        Assert.IsType<RunVerdict.Done>(await core.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default));

        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, hub.StatusOf(run.Id));
    }

    [Fact]
    public async Task Retrying_starts_the_finished_orchestration_of_a_failed_run_again()
    {
        var run = await FailingAsync();
        while ((await harness.FindAsync(run.Id)).State is not RunState.Failed)
        {
            harness.Time.Advance(TimeSpan.FromMinutes(1));
            hub.Settle();
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, hub.StatusOf(run.Id));
        harness.Mail.Refuses = null;

        Assert.IsType<RunVerdict.Done>(await core.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default));

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Single(harness.Mail.Sent);
    }

    [Fact]
    public async Task A_continuation_runs_once_however_often_its_start_is_repeated()
    {
        await harness.SaveAsync("second", Mail);
        await harness.SaveAsync("first", """[ { "type": "startRuleSet", "name": "go", "ruleSet": "second" } ]""");
        var run = await core.StartAsync("first");
        var continuation = Assert.Single(await harness.ContinuationsAsync(run));

        await SweepAsync(due: continuation);

        Assert.Single(harness.Mail.Sent);
        Assert.IsType<RunState.Completed>(continuation.State);
    }

    // an activity is a call of its own: the orchestration's thread waits for it here
    private Next Advance(Turn turn) => Task.Run(() => core.Engine.AdvanceAsync(turn, default)).GetAwaiter().GetResult();

    private async Task<Run> PausedAsync()
    {
        await harness.SaveAsync("approval", Approval);
        var run = await core.StartAsync("approval");
        Assert.IsType<RunState.Paused>(run.State);
        return run;
    }

    private async Task<Run> FailingAsync()
    {
        harness.Mail.Refuses = new EffectFailedException("not now");
        await harness.SaveAsync("mail", Mail);
        var run = await core.StartAsync("mail");
        Assert.NotNull(Assert.IsType<RunState.Running>(run.State).Retry);
        return run;
    }

    private async Task AnswerAsync(Run run) => await core.AnswerAsync(await harness.TaskOfAsync(run));

    private async Task SweepAsync(Run? unconsumed = null, Run? due = null)
    {
        index.Setup(runs => runs.UnconsumedAsync(
                It.IsAny<DateTimeOffset>(), null, It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Page<string>(unconsumed is null ? [] : [unconsumed.Id], null));
        index.Setup(runs => runs.DueAsync(
                It.IsAny<DateTimeOffset>(), null, It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Page<string>(due is null ? [] : [due.Id], null));
        await lost.SweepAsync(default);
    }

    private async Task AssertCompletedAsync(Run run)
    {
        var completed = Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Equal("completed", completed.Output!.GetValue<string>());
    }
}
