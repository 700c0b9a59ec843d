using System.Diagnostics;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// The measurement of one turn: a span in the trace of its run, and its duration. It records what failed, but never a
/// value.
/// </summary>
internal sealed class TurnSpan(string runId, Signal signal) : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset startedAt = TimeProvider.System.GetUtcNow();
    private Activity? activity;
    private bool isBegun;
    private string outcome = "none";

    /// <summary>Records the run of the turn.</summary>
    /// <param name="run">The run as read.</param>
    /// <param name="trace">The trace that it continues.</param>
    public void Begin(Run run, RunTrace? trace)
    {
        if (isBegun)
        {
            return;
        }

        isBegun = true;
        activity = Start(trace?.Context, run.Trace?.Context);
        Describe(run);
    }

    /// <summary>Records the result of the turn.</summary>
    public void Done(Run run)
    {
        Describe(run);
        if (run.State is RunState.Failed)
        {
            Fail("run.failed");
        }
    }

    /// <summary>
    /// Records the exception that ended the turn by its type, because a message may contain anything.
    /// </summary>
    public void Fail(Exception fault)
    {
        if (!isBegun)
        {
            isBegun = true;
            activity = Start(null, null);
        }

        Fail(fault.GetType().FullName!);
    }

    public void Dispose()
    {
        activity
            ?.SetTag("humantasks.run.id", runId)
            .SetTag("humantasks.signal", Telemetry.Word(signal))
            .SetTag("humantasks.status", outcome);
        activity?.Dispose();
        Telemetry.TurnTaken(Stopwatch.GetElapsedTime(started), signal, outcome);
    }

    /// <summary>
    /// Uses the request that takes the turn as parent if it is in the same trace; other relations are links.
    /// </summary>
    private Activity? Start(ActivityContext? trace, ActivityContext? before)
    {
        var around = Activity.Current?.Context;
        var parent = trace is { } of && of.TraceId != around?.TraceId ? of : default;
        var belongs = parent == default ? around?.TraceId : parent.TraceId;
        var links = new[] { around, before }
            .OfType<ActivityContext>()
            .Where(other => other.TraceId != belongs)
            .Select(other => new ActivityLink(other));
        return Telemetry.StartTurn(parent, links)?.SetStartTime(startedAt.UtcDateTime);
    }

    private void Fail(string error) => activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error);

    private void Describe(Run run)
    {
        outcome = Telemetry.Word(run.State.Status);
        activity
            ?.SetTag("humantasks.correlation.id", run.CorrelationId)
            .SetTag("humantasks.environment", run.Environment)
            .SetTag("humantasks.rule_set", run.RuleSet);
    }
}
