using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Functions;

public sealed partial class WaitingInAnOrchestration
{
    [Fact]
    public void The_deadline_ends_the_wait_when_no_event_comes()
    {
        var orchestration = Begin(turn => turn.Signal == Signal.DeadlinePassed
            ? new Next(2, IsOver: true)
            : new Next(1, IsOver: false, Deadline, "task"));

        orchestration.WaitUntil(Deadline);

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal([Signal.Started, Signal.DeadlinePassed], orchestration.Turns.Select(turn => turn.Signal));
    }

    [Fact]
    public void An_event_whose_response_was_accepted_is_not_needed_at_the_deadline()
    {
        var orchestration = Begin();
        accepted = true; // and the event is lost

        orchestration.WaitUntil(Deadline);

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(Signal.DeadlinePassed, orchestration.Turns[^1].Signal);
    }

    [Fact]
    public void The_event_after_a_deadline_goes_to_the_wait_that_follows()
    {
        var orchestration = Begin(turn => turn.Signal switch
        {
            Signal.Started => new Next(1, IsOver: false, Noon.AddMinutes(1), "first"),
            Signal.DeadlinePassed => new Next(2, IsOver: false, Deadline, "second"),
            _ => new Next(3, IsOver: true),
        });
        orchestration.WaitUntil(Noon.AddMinutes(2));

        orchestration.Raise();

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(
            [Signal.Started, Signal.DeadlinePassed, Signal.HumanResponse],
            orchestration.Turns.Select(turn => turn.Signal));
    }

    [Fact]
    public void The_event_during_the_turn_after_a_deadline_is_not_taken_by_the_wait_that_lost()
    {
        FakeOrchestration? orchestration = null;
        orchestration = Prepare(turn =>
        {
            switch (turn.Signal)
            {
                case Signal.Started:
                    return new Next(1, IsOver: false, Noon.AddMinutes(1), "first");
                case Signal.DeadlinePassed:
                    orchestration!.Raise();
                    return new Next(2, IsOver: false, Deadline, "second");
                default:
                    return new Next(3, IsOver: true);
            }
        });
        orchestration.Begin();

        orchestration.WaitUntil(Noon.AddMinutes(2));

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(Signal.HumanResponse, orchestration.Turns[^1].Signal);
    }

    [Fact]
    public void An_event_and_a_deadline_at_once_are_an_event()
    {
        var orchestration = Prepare(turn => turn.Signal == Signal.Started
            ? new Next(1, IsOver: false, Noon.AddHours(-1), "task")
            : new Next(2, IsOver: true));

        orchestration.Begin(events: [""]);

        Assert.True(orchestration.Running.IsCompletedSuccessfully);
        Assert.Equal(Signal.HumanResponse, orchestration.Turns[^1].Signal);
        Assert.True(Assert.Single(orchestration.Timers).IsCancelled);
    }
}
