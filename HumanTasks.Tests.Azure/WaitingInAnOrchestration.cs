using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Functions.Orchestration;
using Microsoft.DurableTask;

namespace HumanTasks.Tests.Functions;

public sealed partial class WaitingInAnOrchestration
{
    private const string RunId = "01jd0000000000000000000000";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = Noon.AddDays(20);

    /// <summary>What the store knows: whether a response is accepted, and how many turns changed the run.</summary>
    private bool accepted;
    private int version = 1;

    [Fact]
    public void A_run_that_is_over_is_not_waited_for()
    {
        accepted = true;

        var orchestration = Begin();

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Empty(orchestration.Timers);
        Assert.Null(orchestration.CustomStatus);
    }

    [Fact]
    public void A_run_that_was_stored_waiting_takes_its_first_turn_when_somebody_answers()
    {
        var stored = new Next(1, IsOver: false, Deadline, "task");
        var orchestration = new FakeOrchestration(new Turn(RunId, 1, Signal.Started, After: stored), Noon, Look).Begin();
        Assert.Empty(orchestration.Turns);
        Assert.Equal(Deadline.UtcDateTime, Assert.Single(orchestration.Timers).FireAt);
        Assert.NotNull(orchestration.CustomStatus);

        Answer(orchestration);

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(Signal.HumanResponse, Assert.Single(orchestration.Turns).Signal);
    }

    [Fact]
    public void A_run_that_goes_on_gets_its_next_turn_at_once()
    {
        var orchestration = Begin(turn => turn.Number < 3
            ? new Next(turn.Number + 1, IsOver: false)
            : new Next(turn.Number, IsOver: true));

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(
            [(1, Signal.Started), (2, Signal.Continue), (3, Signal.Continue)],
            orchestration.Turns.Select(turn => (turn.Number, turn.Signal)));
    }

    [Fact]
    public void A_turn_that_meets_an_exception_at_every_try_is_given_up_and_ends_the_orchestration()
    {
        var orchestration = Begin(turn => turn.Signal == Signal.GivenUp
            ? new Next(turn.Number + 1, IsOver: true)
            : throw new TaskFailedException(nameof(Advance), 1, new ArgumentException("Twice.")));

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal([Signal.Started, Signal.GivenUp], orchestration.Turns.Select(turn => turn.Signal));
        Assert.Equal(10, orchestration.Turns[^1].Attempts);
    }

    [Theory]
    [InlineData(typeof(StorageUnavailableException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(OperationCanceledException))]
    public void Nothing_is_given_up_while_the_storage_refuses_or_the_host_stops(Type problem)
    {
        var orchestration = Begin(_ => throw new TaskFailedException(
            nameof(Advance), 1, (Exception)Activator.CreateInstance(problem)!));

        Assert.True(orchestration.Running.IsFaulted);
        Assert.Single(orchestration.Turns);
    }

    [Fact]
    public void An_event_before_the_deadline_ends_the_wait_and_cancels_the_timer()
    {
        var orchestration = Begin();
        Assert.Equal(Deadline.UtcDateTime, Assert.Single(orchestration.Timers).FireAt);

        Answer(orchestration);

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(Signal.HumanResponse, orchestration.Turns[^1].Signal);
        Assert.True(Assert.Single(orchestration.Timers).IsCancelled);
    }

    [Fact]
    public void An_event_before_the_wait_ends_it_at_once()
    {
        FakeOrchestration? orchestration = null;
        orchestration = Prepare(turn =>
        {
            if (turn.Signal == Signal.Started)
            {
                orchestration!.Raise();
            }

            return turn.Signal == Signal.HumanResponse
                ? new Next(2, IsOver: true)
                : new Next(1, IsOver: false, Deadline, "task");
        });

        orchestration.Begin();

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal([Signal.Started, Signal.HumanResponse], orchestration.Turns.Select(turn => turn.Signal));
    }

    [Fact]
    public void A_doubled_event_is_one_more_look_and_another_wait()
    {
        var orchestration = Begin();

        orchestration.Raise();
        orchestration.Raise();

        Assert.False(orchestration.Running.IsCompleted);
        Assert.Equal(3, orchestration.Turns.Count);
        Assert.Equal(1, orchestration.WaitsOpen);
        Assert.Single(orchestration.Timers, timer => timer.IsOpen);

        Answer(orchestration);
        Assert.True(orchestration.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_lost_event_that_is_repeated_later_ends_the_wait()
    {
        var orchestration = Begin();
        accepted = true;
        orchestration.WaitUntil(Noon.AddMinutes(1));
        Assert.False(orchestration.Running.IsCompleted);

        orchestration.Raise();

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public void However_many_timers_fire_one_wait_stands_in_line()
    {
        var orchestration = Begin(
            turn => new Next(turn.Number + 1, IsOver: false, Noon.AddMinutes(turn.Number), "task"));

        orchestration.WaitUntil(Noon.AddMinutes(10));

        Assert.Equal(1, orchestration.WaitsOpen);
        Assert.Single(orchestration.Timers, timer => timer.IsOpen);
    }

    [Fact]
    public void A_clock_that_runs_behind_is_asked_again_after_a_second_and_not_at_once()
    {
        var looks = 0;
        var orchestration = Begin(_ => ++looks < 4
            ? new Next(1, IsOver: false, Noon.AddSeconds(-1), "task")
            : new Next(2, IsOver: true));

        Assert.Equal(Noon.AddSeconds(1).UtcDateTime, Assert.Single(orchestration.Timers).FireAt);
        orchestration.WaitUntil(Noon.AddSeconds(3));

        Assert.Equal(4, looks);
        Assert.True(orchestration.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public void After_many_turns_a_new_generation_begins_before_a_turn_and_keeps_its_events()
    {
        var orchestration = Begin(turn => new Next(turn.Number + 1, IsOver: false));

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(RunOrchestration.TurnsPerGeneration, orchestration.Turns.Count);
        Assert.Equal(
            new Turn(RunId, 1 + RunOrchestration.TurnsPerGeneration, Signal.Continue), orchestration.ContinuedAs);
        Assert.True(orchestration.PreservesEvents);
        Assert.Empty(orchestration.Timers);
    }

    [Fact]
    public void A_wait_at_the_end_of_a_generation_belongs_to_that_generation()
    {
        var orchestration = Begin(turn => turn.Number < RunOrchestration.TurnsPerGeneration
            ? new Next(turn.Number + 1, IsOver: false)
            : new Next(turn.Number + 1, IsOver: false, Deadline, "task"));
        Assert.False(orchestration.Running.IsCompleted);
        Assert.Null(orchestration.ContinuedAs);

        orchestration.Raise();

        Assert.Equal(Signal.HumanResponse, orchestration.ContinuedAs!.Signal);
        Assert.DoesNotContain(orchestration.Timers, timer => timer.IsOpen);
    }

    [Fact]
    public void The_custom_status_says_what_the_run_waits_for()
    {
        var orchestration = Begin(turn => turn.Signal == Signal.Started
            ? new Next(1, IsOver: false, Deadline, "task")
            : new Next(2, IsOver: false, Deadline));
        Assert.Equal(new Waiting("a person's response", "task", Deadline), orchestration.CustomStatus);

        orchestration.Raise();

        Assert.Null(Assert.IsType<Waiting>(orchestration.CustomStatus).TaskId);
    }

    [Fact]
    public void A_turn_is_retried_with_growing_pauses()
    {
        accepted = true;

        var policy = Assert.Single(Begin().Options).Retry!.Policy!;

        Assert.Equal(10, policy.MaxNumberOfAttempts);
        Assert.Equal(TimeSpan.FromSeconds(1), policy.FirstRetryInterval);
        Assert.Equal(2, policy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromMinutes(1), policy.MaxRetryInterval);
    }

    [Fact]
    public void A_turn_that_fails_for_good_fails_the_orchestration()
    {
        var orchestration = Begin(_ => throw new TimeoutException());

        Assert.True(orchestration.Running.IsFaulted);
    }

    private FakeOrchestration Begin(Func<Turn, Next>? advance = null) => Prepare(advance ?? Look).Begin();

    private static FakeOrchestration Prepare(Func<Turn, Next> advance) =>
        new(new Turn(RunId, 1, Signal.Started), Noon, advance);

    /// <summary>A turn of a run at a human task: it reads what is accepted, whatever woke it.</summary>
    private Next Look(Turn turn) => accepted
        ? new Next(++version, IsOver: true)
        : new Next(version, IsOver: false, Deadline, "task");

    private void Answer(FakeOrchestration orchestration)
    {
        accepted = true;
        orchestration.Raise();
    }
}
