using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Commands;

/// <summary>Decisions on commands on runs: a run is given, and nothing is stored.</summary>
public sealed class DecidingOnRuns
{
    private static readonly DateTimeOffset Now = Sample.Start.AddMinutes(5);

    private static readonly RunState.Paused Waiting = new("task", Now.AddHours(1));

    [Fact]
    public void A_failed_run_is_retried_from_its_action_with_a_line_that_names_who_asked()
    {
        var run = Run(new RunState.Failed(new RunError("pay", "503", 5)));

        var write = Assert.IsType<RunDecision.Write>(new RetryRun("boss@example.com").Decide(run, Now, false));

        Assert.Equal((run.Version, run.Version + 1), (write.Commit.ExpectedVersion, write.Commit.Run.Version));
        Assert.IsType<RunState.Running>(write.Commit.Run.State);
        var line = Assert.Single(write.Commit.Log);
        Assert.Equal(("pay", RunEvent.RetryRequested, "boss@example.com"), (line.Action, line.Event, line.By));
    }

    [Fact]
    public void Only_a_failed_run_is_retried_and_none_whose_record_cannot_be_read()
    {
        Assert.All(
            [
                Run(new RunState.Running()),
                Run(Waiting),
                Run(new RunState.Completed(null)),
                Run(new RunState.Queued("allowance")),
                Run(Fault(null)) with { IsUnreadable = true },
            ],
            run => Assert.IsType<RunVerdict.NotFailed>(Refusal(new RetryRun(null).Decide(run, Now, false))));
    }

    [Fact]
    public void A_run_that_stopped_on_an_unexpected_error_goes_back_to_where_it_waited_unless_it_changed()
    {
        var run = Run(Fault(Waiting));

        var restate = Assert.IsType<RunDecision.Restate>(new RetryRun("ann").Decide(run, Now, false));

        var restored = restate.Change(Mark(run))!;
        Assert.Equal((Waiting, RunEvent.RetryRequested, "ann"), (restored.State, restored.Line.Event, restored.Line.By));
        Assert.Null(restate.Change(Mark(run) with { Version = run.Version + 1 }));
        Assert.False(restate.GoesOn);
    }

    [Fact]
    public void A_run_is_cancelled_by_a_turn_and_in_its_record_if_that_turn_fails()
    {
        var run = Run(Waiting);

        var take = Assert.IsType<RunDecision.Take>(new CancelRun("No longer needed", "ann").Decide(run, Now, false));

        Assert.Equal(new Turn(run.Id, run.Version, Signal.Cancelled, "No longer needed", "ann"), take.Turn);
        var restated = take.Otherwise.Change(Mark(run))!;
        Assert.Equal(new RunState.Cancelled("No longer needed"), restated.State);
        Assert.Equal((RunEvent.Cancelled, "ann"), (restated.Line.Event, restated.Line.By));
        Assert.All(
            [RunStatus.Completed, RunStatus.Cancelled, RunStatus.Expired],
            over => Assert.Null(take.Otherwise.Change(Mark(run) with { Status = over })));
    }

    [Fact]
    public void A_run_that_stopped_on_an_unexpected_error_is_restored_before_it_is_cancelled()
    {
        var readable = Assert.IsType<RunDecision.Restate>(new CancelRun(null, null).Decide(Run(Fault(Waiting)), Now, false));
        Assert.Equal(Waiting, readable.Change(Mark(Run(Fault(Waiting))))!.State);
        Assert.True(readable.GoesOn);

        var unreadable = Assert.IsType<RunDecision.Restate>(new CancelRun(null, null).Decide(Run(Fault(null)), Now, false));
        Assert.IsType<RunState.Cancelled>(unreadable.Change(Mark(Run(Fault(null))))!.State);
    }

    [Fact]
    public void A_run_that_is_over_is_not_cancelled_unless_this_very_command_did_it()
    {
        var run = Run(new RunState.Cancelled(null));

        Assert.IsType<RunVerdict.Over>(Refusal(new CancelRun(null, null).Decide(run, Now, false)));
        Assert.IsType<RunVerdict.Done>(Refusal(new CancelRun(null, null).Decide(run, Now, true)));
        Assert.IsType<RunVerdict.Over>(Refusal(new CancelRun(null, null).Decide(Run(new RunState.Completed(null)), Now, true)));
    }

    [Fact]
    public void A_delivery_starts_again_whatever_became_of_it_and_other_runs_are_none()
    {
        var delivery = Run(new RunState.Completed(null)) with { RuleSet = RuleSetName.Webhook, Position = 1 };

        var write = Assert.IsType<RunDecision.Write>(new RedeliverResponse("ann").Decide(delivery, Now, false));

        Assert.Equal(0, write.Commit.Run.Position);
        Assert.IsType<RunVerdict.Unknown>(Refusal(new RedeliverResponse(null).Decide(Run(new RunState.Completed(null)), Now, false)));
        Assert.IsType<RunVerdict.NotFailed>(
            Refusal(new RedeliverResponse(null).Decide(delivery with { State = new RunState.Queued("allowance") }, Now, false)));
    }

    [Fact]
    public void A_run_fails_visibly_after_its_last_attempt_and_keeps_the_state_it_was_in()
    {
        var failed = new FailRun("pay", 5).Decide(Mark(Run(Waiting)), Now)!;

        var state = Assert.IsType<RunState.Failed>(failed.State);
        Assert.Equal((Waiting, "pay", 5), (state.Before, state.Error.Action, state.Error.Attempts));
        Assert.Equal((state.Error.Message, "pay"), (failed.Line.Detail, failed.Line.Action));
        Assert.All(
            Enum.GetValues<RunStatus>().Except([RunStatus.Running, RunStatus.Paused]),
            status => Assert.Null(new FailRun("pay", 5).Decide(Mark(Run(Waiting)) with { Status = status }, Now)));
    }

    private static RunVerdict Refusal(RunDecision decision) => Assert.IsType<RunDecision.Refuse>(decision).Why;

    private static RunState.Failed Fault(RunState? before) =>
        new(new RunError("pay", "Unexpected", 5) { CorrelationId = "c-1" }) { Before = before };

    private static Run Run(RunState state) => Sample.Run() with { Version = 3, State = state, Context = new JsonObject() };

    private static RunMark Mark(Run run) => new(run.Id, run.Version, run.CorrelationId, run.State.Status, run.State);
}
