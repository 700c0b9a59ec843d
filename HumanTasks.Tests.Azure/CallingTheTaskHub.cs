using Grpc.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Orchestration;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Moq;

namespace HumanTasks.Tests.Functions;

/// <summary>
/// What the host asks the hub for. The host survives every fault of a call, a strict mock's refusal as well: those are looked
/// for in its log behind every test.
/// </summary>
public sealed class CallingTheTaskHub : IDisposable
{
    private static readonly CancellationToken HungUp = new(canceled: true);

    private readonly Run run = new()
    {
        Id = "01jd0000000000000000000000",
        Environment = "test",
        RuleSet = "approval",
        CorrelationId = "c",
        CreatedAt = default,
        UpdatedAt = default,
        AvailableUntil = default,
        Version = 7,
        State = new RunState.Running(),
        Context = [],
    };

    private readonly Mock<DurableTaskClient> client = new(MockBehavior.Strict, "hub");
    private readonly Mock<IRunStore> store = new(MockBehavior.Strict);
    private readonly TaskHub hub = new();
    private readonly ManualTime time = new();
    private readonly RecordedLog<DurableRunHost> log = new();
    private readonly DurableRunHost host;

    public CallingTheTaskHub()
    {
        hub.Use(client.Object);
        host = new DurableRunHost(hub, store.Object, time, log);
    }

    public void Dispose() => Assert.DoesNotContain(log.Lines, line => line.Fault is MockException);

    [Fact]
    public async Task A_run_is_scheduled_under_its_own_id_at_its_own_turn()
    {
        Finds(null);
        Schedules();

        await host.StartAsync(run, default);

        client.Verify(
            hub => hub.ScheduleNewOrchestrationInstanceAsync(
                "RunOrchestration",
                new Turn(run.Id, 7, Signal.Started),
                It.Is<StartOrchestrationOptions>(options => options.InstanceId == run.Id && options.StartAt == null),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }

    [Fact]
    public async Task A_run_that_was_created_this_moment_is_scheduled_without_a_look()
    {
        var turn = new Turn(run.Id, 7, Signal.Started, After: Next.Of(run));
        Schedules();

        await host.StartNewAsync(run, default);

        client.Verify(
            hub => hub.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(),
                turn,
                It.IsAny<StartOrchestrationOptions>(),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }

    [Fact]
    public async Task A_run_that_is_over_starts_nothing()
    {
        var over = run with { State = new RunState.Completed(null) };

        await host.StartAsync(over, default);
        await host.StartNewAsync(over, default);

        AssertNothingElse();
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task An_orchestration_that_lives_is_woken_and_not_started(OrchestrationRuntimeStatus status)
    {
        Finds(status);
        Raises();

        await host.StartAsync(run, default);

        client.Verify(hub => hub.RaiseEventAsync(
            run.Id, "HumanResponse", It.IsAny<object?>(), It.IsAny<CancellationToken>()));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_finished_orchestration_is_started_again_only_while_the_record_is_not_over(
        OrchestrationRuntimeStatus status)
    {
        Finds(status);
        Knows(run with { State = new RunState.Completed(null) });
        await host.StartAsync(run, default);

        Knows(run with { Version = 9 });
        Schedules();
        await host.StartAsync(run, default);

        client.Verify(
            hub => hub.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(),
                new Turn(run.Id, 9, Signal.Started),
                It.IsAny<StartOrchestrationOptions>(),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }

    [Theory]
    [InlineData(Signal.HumanResponse)]
    [InlineData(Signal.Cancelled)]
    [InlineData(Signal.Retry)]
    public async Task Every_signal_is_the_one_event(Signal signal)
    {
        Raises();

        await host.SignalAsync(run.Id, signal, default);

        client.Verify(hub => hub.RaiseEventAsync(
            run.Id, "HumanResponse", It.IsAny<object?>(), It.IsAny<CancellationToken>()));
    }

    [Theory]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task A_signal_that_finds_no_orchestration_starts_one_while_the_record_is_not_over(StatusCode status)
    {
        Refuses(status);
        Knows(run);
        Schedules();

        await host.SignalAsync(run.Id, Signal.HumanResponse, default);

        client.Verify(
            hub => hub.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(),
                It.IsAny<object?>(),
                It.Is<StartOrchestrationOptions>(options => options.InstanceId == run.Id),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }

    [Fact]
    public async Task A_signal_to_a_run_that_is_over_does_nothing()
    {
        Refuses(StatusCode.FailedPrecondition);
        Knows(run with { State = new RunState.Cancelled(null) });

        await host.SignalAsync(run.Id, Signal.Cancelled, default);

        AssertRaisedAndReadOnly();
    }

    [Fact]
    public async Task A_signal_to_a_run_that_is_gone_does_nothing()
    {
        Refuses(StatusCode.NotFound);
        Knows(null);

        await host.SignalAsync(run.Id, Signal.HumanResponse, default);

        AssertRaisedAndReadOnly();
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_fails_nobody_because_the_record_is_written()
    {
        Refuses(StatusCode.Unavailable);

        await host.SignalAsync(run.Id, Signal.HumanResponse, default);

        var warning = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(run.Id, warning.Text, StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unavailable, Assert.IsType<RpcException>(warning.Fault).StatusCode);
        AssertRaised();
        AssertNothingElse();
    }

    [Fact]
    public async Task A_caller_who_hangs_up_does_not_take_the_wake_up_along()
    {
        Raises();

        await host.SignalAsync(run.Id, Signal.HumanResponse, HungUp);

        client.Verify(hub => hub.RaiseEventAsync(run.Id, "HumanResponse", It.IsAny<object?>(), CancellationToken.None));
    }

    [Fact]
    public void A_client_nobody_handed_over_is_a_bug_that_says_so() =>
        Assert.Throws<InvalidOperationException>(() => new TaskHub().Client);

    [Fact]
    public async Task A_watch_looks_again_after_longer_and_longer_pauses_up_to_two_seconds()
    {
        using var watch = host.Watch(run.Id);
        foreach (var pause in new[] { 250, 500, 1000, 2000, 2000 })
        {
            var wait = watch.WaitAsync(TimeSpan.FromMinutes(1), default);
            time.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.False(wait.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            await wait;
        }

        var last = watch.WaitAsync(TimeSpan.FromMilliseconds(10), default);
        time.Advance(TimeSpan.FromMilliseconds(10));
        await last;
    }

    private void AssertRaisedAndReadOnly()
    {
        AssertRaised();
        store.Verify(runs => runs.FindRunAsync(run.Id, CancellationToken.None), Times.Once);
        AssertNothingElse();
        Assert.Empty(log.Lines);
    }

    private void AssertRaised() => client.Verify(
        hub => hub.RaiseEventAsync(run.Id, "HumanResponse", It.IsAny<object?>(), CancellationToken.None), Times.Once);

    private void AssertNothingElse()
    {
        client.VerifyNoOtherCalls();
        store.VerifyNoOtherCalls();
    }

    private void Finds(OrchestrationRuntimeStatus? status) => client
        .Setup(hub => hub.GetInstanceAsync(run.Id, It.IsAny<CancellationToken>()))
        .ReturnsAsync(status is { } known
            ? new OrchestrationMetadata("RunOrchestration", run.Id) { RuntimeStatus = known }
            : null);

    private void Knows(Run? record) => store
        .Setup(runs => runs.FindRunAsync(run.Id, It.IsAny<CancellationToken>()))
        .ReturnsAsync(record);

    private void Schedules() => client
        .Setup(hub => hub.ScheduleNewOrchestrationInstanceAsync(
            It.IsAny<TaskName>(),
            It.IsAny<object?>(),
            It.IsAny<StartOrchestrationOptions?>(),
            It.IsAny<CancellationToken>()))
        .ReturnsAsync(run.Id);

    private void Raises() => client
        .Setup(hub => hub.RaiseEventAsync(
            It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
        .Returns(Task.CompletedTask);

    private void Refuses(StatusCode status) => client
        .Setup(hub => hub.RaiseEventAsync(
            It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
        .ThrowsAsync(new RpcException(new Status(status, "refused")));
}
