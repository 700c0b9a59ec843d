using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Commands;

/// <summary>Decisions on queued runs, once their environment's allowance permits them.</summary>
public sealed class ReleasingRuns
{
    private static readonly DateTimeOffset Now = Sample.Start.AddDays(3);

    [Fact]
    public void A_released_run_runs_and_is_available_as_long_as_if_it_were_new()
    {
        var queued = Sample.Run() with { Version = 4, State = new RunState.Queued("The allowance is used up.") };

        var commit = new ReleaseRun(Now).Decide(queued);

        Assert.Equal((4, 5), (commit.ExpectedVersion, commit.Run.Version));
        Assert.Equal(new RunState.Running(), commit.Run.State);
        Assert.Equal(queued.AvailableUntil - queued.CreatedAt, commit.Run.AvailableUntil - Now);
        Assert.Equal(new LogLine(Now, null, RunEvent.AllowanceReleased, null), Assert.Single(commit.Log));
    }

    [Fact]
    public void A_queued_run_that_cannot_be_read_fails_and_any_other_is_left_alone()
    {
        var mark = new RunMark("run", 1, "case", RunStatus.Queued, null);

        var failed = Assert.IsType<RunState.Failed>(new ReleaseRun(Now).Decide(mark)!.State);

        Assert.Equal("case", failed.Error.CorrelationId);
        Assert.Null(new ReleaseRun(Now).Decide(mark with { Status = RunStatus.Running }));
    }
}
