namespace HumanTasks.Core.Engine.Effects;

/// <summary>The meaning of a server's refusal.</summary>
public static class ServerRefusal
{
    /// <summary>
    /// Returns whether the same call can succeed later: for 408, 425, 429 and 5xx (RFC 9110, RFC 8470, RFC 6585). Every
    /// other 4xx is final.
    /// </summary>
    public static bool MayPass(int status) => status is >= 500 or 408 or 425 or 429;

    /// <summary>
    /// Returns the pause that a response asks for (<c>Retry-After</c>, RFC 9110, section 10.2.3), in seconds or until a
    /// date; null for none.
    /// </summary>
    internal static TimeSpan? PauseOf(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } until } when until > now => until - now,
        _ => null,
    };
}
