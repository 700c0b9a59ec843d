using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core.Runs;

/// <summary>
/// The trace that a run goes on with (W3C Trace Context): the caller's that started it, or that gave the newest answer. It is
/// stored with the run, so that spans and calls join it after a restart and after weeks.
/// </summary>
/// <param name="Parent">A <c>traceparent</c>.</param>
/// <param name="State">Its <c>tracestate</c>; null for none.</param>
public sealed record RunTrace(string Parent, string? State = null)
{
    /// <summary>The longest <c>tracestate</c> that is passed on, in characters: what every system has to pass on at least.</summary>
    public const int MaxState = 512;

    /// <summary>The header with the trace and the span that calls.</summary>
    public const string ParentHeader = "traceparent";

    /// <summary>The header with what tracing systems add to it.</summary>
    public const string StateHeader = "tracestate";

    private const string Version = "00";

    private static readonly AsyncLocal<RunTrace?> Flow = new();

    /// <summary>What the caller of the request sent that this flow answers; null for nothing.</summary>
    public static RunTrace? OfCaller
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>
    /// The trace of what begins here: under the span of the request, where somebody collects spans, and else under the
    /// caller's own.
    /// </summary>
    public static RunTrace? Here => OfCaller switch
    {
        null => OfCollected(Activity.Current),
        { } given when given.Context is var of && Activity.Current is { } span && span.TraceId == of?.TraceId => OfCollected(span) ?? given,
        { } given => given,
    };

    /// <summary>Its members; null where it is none.</summary>
    internal ActivityContext? Context
    {
        get
        {
            // a version that is not known yet has its members behind these, and is read as far as it is known
            var known = Parent.Length > 55 && Parent[55] == '-' && !Parent.StartsWith(Version, StringComparison.Ordinal) ? Parent[..55] : Parent;
            return known.Length == 55
                && ActivityContext.TryParse(known, State, isRemote: true, out var context)
                && context.TraceId != default
                && context.SpanId != default
                    ? context
                    : null;
        }
    }

    /// <summary>Reads what a caller sent; null for what is none (section 4.3 of the recommendation).</summary>
    public static RunTrace? Read(string? parent, string? state) =>
        parent is not null && new RunTrace(parent).Context is { } context ? Of(context, Bounded(state)) : null;

    /// <summary>The trace after an answer: an unsampled caller, such as a proxy that numbers requests, does not take over.</summary>
    /// <param name="before">The run's trace before it.</param>
    internal static RunTrace? Answered(RunTrace? before) =>
        before is null || OfCaller?.Context is { TraceFlags: ActivityTraceFlags.Recorded } ? Here ?? before : before;

    /// <summary>Sets the headers of a request that has no trace of its author's.</summary>
    internal void WriteTo(HttpRequestMessage request)
    {
        if (request.Headers.Contains(ParentHeader))
        {
            return;
        }

        request.Headers.Remove(StateHeader); // belongs to a traceparent, and there was none
        request.Headers.TryAddWithoutValidation(ParentHeader, Parent);
        if (State is not null)
        {
            request.Headers.TryAddWithoutValidation(StateHeader, State);
        }
    }

    internal static RunTrace Of(Activity span) => Of(span.Context, Bounded(span.TraceStateString));

    /// <summary>The trace of a span that somebody collects.</summary>
    internal static RunTrace? OfCollected(Activity? span) =>
        span is { Recorded: true, Source.Name.Length: > 0, IdFormat: ActivityIdFormat.W3C } ? Of(span) : null;

    /// <summary>The same trace for a call of which nobody collects a span; one of its own for each correlation id without it.</summary>
    /// <param name="trace">The run's trace.</param>
    /// <param name="correlationId">The run's correlation id.</param>
    internal static RunTrace OfCall(RunTrace? trace, string correlationId) => trace is { Context: { } of }
        ? Of(new ActivityContext(of.TraceId, ActivitySpanId.CreateRandom(), of.TraceFlags), trace.State)
        : Of(
            new ActivityContext(
                ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(correlationId)).AsSpan(0, 16)),
                ActivitySpanId.CreateRandom(),
                ActivityTraceFlags.Recorded), // nobody decided against it, and whoever is called may collect theirs
            null);

    private static RunTrace Of(ActivityContext context, string? state) =>
        new($"{Version}-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}", state);

    private static string? Bounded(string? state) =>
        state is { Length: > 0 and <= MaxState } && state.All(character => character is >= ' ' and <= '~') ? state : null;
}
