using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>
/// A queued run is let go once its environment's allowance permits it. The stores find and count such runs; what becomes of one
/// is decided here.
/// </summary>
/// <param name="Now">The time.</param>
public sealed record ReleaseRun(DateTimeOffset Now)
{
    /// <summary>Returns the commit of a queued run that now runs.</summary>
    public TurnCommit Decide(Run run)
    {
        var released = run.Released(Now);
        return new TurnCommit
        {
            ExpectedVersion = run.Version,
            Run = released,
            Log = [new LogLine(released.UpdatedAt, null, RunEvent.AllowanceReleased, null)],
        };
    }

    /// <summary>
    /// Returns the failure of a queued run whose body can't be read, so that it is visible and does not hold up the others; null
    /// if it is not queued.
    /// </summary>
    public Restatement? Decide(RunMark mark)
    {
        if (mark.Status != RunStatus.Queued)
        {
            return null;
        }

        var failed = Run.FailedUnread(mark.CorrelationId);
        return new Restatement(failed, new LogLine(Now, null, RunEvent.Failed, failed.Error.Message));
    }
}
