using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace HumanTasks.Core.Runs;

/// <summary>
/// The trace that a run continues (W3C Trace Context): that of the caller who started it or sent the latest response.
/// It is stored with the run, so spans and calls join it after a restart or after weeks.
/// </summary>
/// <param name="Parent">A <c>traceparent</c>.</param>
/// <param name="State">Its <c>tracestate</c>; null for none.</param>
public sealed record RunTrace(string Parent, string? State = null)
{
    /// <summary>
    /// The maximum length of a <c>tracestate</c> that is passed on, in characters, which is the minimum that every
    /// system must pass on.
    /// </summary>
    public const int MaxState = 512;

    /// <summary>The header with the trace and the calling span.</summary>
    public const string ParentHeader = "traceparent";

    /// <summary>The header with additional data of tracing systems.</summary>
    public const string StateHeader = "tracestate";

    private const string Version = "00";

    private static readonly AsyncLocal<RunTrace?> Flow = new();

    /// <summary>The trace sent by the caller of the current request; null for none.</summary>
    public static RunTrace? OfCaller
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>
    /// The trace of work that begins here: under the span of the request if spans are collected, otherwise under the
    /// caller's span.
    /// </summary>
    public static RunTrace? Here => OfCaller switch
    {
        null => OfCollected(Activity.Current),
        { } given when given.Context is var of && Activity.Current is { } span && span.TraceId == of?.TraceId => OfCollected(span) ?? given,
        { } given => given,
    };

    /// <summary>The parsed trace; null if it is invalid.</summary>
    internal ActivityContext? Context
    {
        get
        {
            // Later versions may append members. The known ones are read.
            var known = Parent.Length > 55 && Parent[55] == '-' && !Parent.StartsWith(Version, StringComparison.Ordinal) ? Parent[..55] : Parent;
            return known.Length == 55
                && ActivityContext.TryParse(known, State, isRemote: true, out var context)
                && context.TraceId != default
                && context.SpanId != default
                    ? context
                    : null;
        }
    }

    /// <summary>Reads a caller's trace; null if it is invalid (section 4.3 of the recommendation).</summary>
    public static RunTrace? Read(string? parent, string? state) =>
        parent is not null && new RunTrace(parent).Context is { } context ? Of(context, Bounded(state)) : null;

    /// <summary>
    /// Returns the trace after a response. An unsampled caller, such as a proxy that numbers requests, does not replace
    /// it.
    /// </summary>
    /// <param name="before">The run's trace before the response.</param>
    internal static RunTrace? Answered(RunTrace? before) =>
        before is null || OfCaller?.Context is { TraceFlags: ActivityTraceFlags.Recorded } ? Here ?? before : before;

    /// <summary>Adds the headers to a request, unless the author set a trace.</summary>
    internal void WriteTo(HttpRequestMessage request)
    {
        if (request.Headers.Contains(ParentHeader))
        {
            return;
        }

        request.Headers.Remove(StateHeader); // belongs to a traceparent, which is missing
        request.Headers.TryAddWithoutValidation(ParentHeader, Parent);
        if (State is not null)
        {
            request.Headers.TryAddWithoutValidation(StateHeader, State);
        }
    }

    internal static RunTrace Of(Activity span) => Of(span.Context, Bounded(span.TraceStateString));

    /// <summary>Returns the trace of a span if it is collected.</summary>
    internal static RunTrace? OfCollected(Activity? span) =>
        span is { Recorded: true, Source.Name.Length: > 0, IdFormat: ActivityIdFormat.W3C } ? Of(span) : null;

    /// <summary>
    /// Returns the trace for a call without a collected span. Without a trace, it derives from the correlation ID.
    /// </summary>
    /// <param name="trace">The run's trace.</param>
    /// <param name="correlationId">The run's correlation ID.</param>
    internal static RunTrace OfCall(RunTrace? trace, string correlationId) => trace is { Context: { } of }
        ? Of(new ActivityContext(of.TraceId, ActivitySpanId.CreateRandom(), of.TraceFlags), trace.State)
        : Of(
            new ActivityContext(
                ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(correlationId)).AsSpan(0, 16)),
                ActivitySpanId.CreateRandom(),
                ActivityTraceFlags.Recorded), // sampled, because nothing decided against it and the called system may collect spans
            null);

    private static RunTrace Of(ActivityContext context, string? state) =>
        new($"{Version}-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}", state);

    private static string? Bounded(string? state) =>
        state is { Length: > 0 and <= MaxState } && state.All(character => character is >= ' ' and <= '~') ? state : null;
}
