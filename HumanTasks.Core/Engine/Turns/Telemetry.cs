using System.Diagnostics;
using System.Diagnostics.Metrics;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// The telemetry of runs (System.Diagnostics, collected by OpenTelemetry): counters and durations with low-cardinality
/// tags, and spans with the run and correlation IDs. It contains no context values, addresses, links or people.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "HumanTasks";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> RunsStarted = Meter.CreateCounter<long>("humantasks.runs.started", "{run}");
    private static readonly Counter<long> RunsEnded = Meter.CreateCounter<long>("humantasks.runs.ended", "{run}");
    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>("humantasks.turn.duration", "s");
    private static readonly Counter<long> Effects = Meter.CreateCounter<long>("humantasks.effects", "{effect}");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("humantasks.model.tokens", "{token}");
    private static readonly Counter<long> Mails = Meter.CreateCounter<long>("humantasks.mails", "{mail}");
    private static readonly Counter<long> Links = Meter.CreateCounter<long>("humantasks.links", "{request}");
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("humantasks.answers", "{answer}");

    /// <summary>Starts a turn, which ends when the returned span is disposed.</summary>
    internal static TurnSpan Turn(string runId, Signal signal) => new(runId, signal);

    /// <summary>Starts the span of a turn, under the current span unless it has another parent.</summary>
    internal static Activity? StartTurn(ActivityContext parent, IEnumerable<ActivityLink> links) =>
        Source.StartActivity("turn", ActivityKind.Internal, parent, links: links);

    internal static void TurnTaken(TimeSpan took, Signal signal, string outcome) => Turns.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("humantasks.signal", Word(signal)),
        new KeyValuePair<string, object?>("humantasks.status", outcome));

    internal static Activity? Effect(string type, Run run) => Source.StartActivity($"effect {type}", ActivityKind.Client)
        ?.SetTag("humantasks.run.id", run.Id)
        .SetTag("humantasks.correlation.id", run.CorrelationId);

    /// <summary>Returns the trace of a run that a turn starts, under that turn if its span is collected.</summary>
    internal static RunTrace? Continue(RunTrace? trace) =>
        Activity.Current is { Source.Name: Name } turn && RunTrace.OfCollected(turn) is { } below ? below : trace;

    /// <summary>
    /// Returns the trace for a call to another system: that of the effect's own span, if there is one.
    /// </summary>
    internal static RunTrace Outgoing(Activity? effect, RunTrace? trace, string correlationId) =>
        effect is null ? RunTrace.OfCall(trace, correlationId) : RunTrace.Of(effect);

    /// <summary>Records the called server on the current effect's span, if there is one.</summary>
    /// <param name="host">The name of the server, never an address with a path.</param>
    /// <param name="method">The HTTP method; null for other protocols.</param>
    public static void Calls(string host, string? method = null)
    {
        if (Activity.Current is { Source.Name: Name, Kind: ActivityKind.Client } effect)
        {
            effect.SetTag("server.address", host).SetTag("http.request.method", method);
        }
    }

    /// <summary>Records the server's response on the current effect's span, if there is one.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="protocol">The protocol: <c>http</c> or <c>smtp</c>.</param>
    public static void Answered(int status, string protocol = "http")
    {
        if (Activity.Current is { Source.Name: Name, Kind: ActivityKind.Client } effect)
        {
            effect.SetTag($"{protocol}.response.status_code", status);
        }
    }

    internal static void Started(Run run) => RunsStarted.Add(
        1, Environment(run.Environment), new("humantasks.continued", run.ContinuedFrom is not null));

    internal static void Ended(Run run) =>
        RunsEnded.Add(1, Environment(run.Environment), new("humantasks.status", Word(run.State.Status)));

    /// <summary>Counts an effect and records its failure on its span: the name of the error, never a value.</summary>
    internal static void EffectDone(Activity? span, string type, Run run, ActionOutcome.Failed? failure)
    {
        if (failure is not null)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.Error ?? "refused");
        }

        EffectDone(type, run, failure is null);
    }

    /// <summary>
    /// Counts an effect that failed with an unexpected exception, and records the exception's type on the span.
    /// </summary>
    internal static void EffectFaulted(Activity? span, string type, Run run, Exception fault)
    {
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", fault.GetType().FullName);
        EffectDone(type, run, succeeded: false);
    }

    private static void EffectDone(string type, Run run, bool succeeded)
    {
        var outcome = new KeyValuePair<string, object?>("humantasks.outcome", succeeded ? "done" : "failed");
        Effects.Add(1, Environment(run.Environment), new("humantasks.effect", type), outcome);
        if (type == "email")
        {
            Mails.Add(1, Environment(run.Environment), outcome);
        }
    }

    /// <summary>Records the tokens of a model call.</summary>
    internal static void ModelCalled(Run run, long told, long answered)
    {
        Tokens.Add(told, Environment(run.Environment), new("humantasks.direction", "input"));
        Tokens.Add(answered, Environment(run.Environment), new("humantasks.direction", "output"));
    }

    /// <summary>Counts an opened link: <c>opened</c>, or why it was refused.</summary>
    public static void Link(string outcome) => Links.Add(1, new KeyValuePair<string, object?>("humantasks.outcome", outcome));

    /// <summary>Counts a response: <c>completed</c>, <c>rejected</c>, <c>repeated</c> or <c>refused</c>.</summary>
    public static void Answer(string environment, string outcome) =>
        Answers.Add(1, Environment(environment), new("humantasks.outcome", outcome));

    /// <summary>Observes the number of wake-ups that wait for a worker of this process.</summary>
    public static void WatchWakeUps(Func<int> waiting) =>
        Meter.CreateObservableGauge("humantasks.wakeups.waiting", () => waiting(), "{run}");

    private static KeyValuePair<string, object?> Environment(string id) => new("humantasks.environment", id);

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
