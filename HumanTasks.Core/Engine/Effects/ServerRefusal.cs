namespace HumanTasks.Core.Engine.Effects;

/// <summary>How long a server asks to be left alone (<c>Retry-After</c>, RFC 9110, section 10.2.3).</summary>
internal static class AskedPause
{
    /// <summary>The pause that an answer asks for, in seconds or until a date; null when it asks for none.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } until } when until > now => until - now,
        _ => null,
    };
}
