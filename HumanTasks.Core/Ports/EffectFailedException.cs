namespace HumanTasks.Core.Ports;

/// <summary>
/// An external system did not do what an action requested: a server refused, or a name did not resolve. Adapters wrap
/// their exceptions in it, with a message that may be shown and contains no secrets.
/// </summary>
public sealed class EffectFailedException : Exception
{
    public EffectFailedException()
    {
    }

    public EffectFailedException(string message)
        : base(message)
    {
    }

    public EffectFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another attempt may succeed.</summary>
    public bool MayPass { get; init; } = true;

    /// <summary>
    /// Whether an email address is wrong or unknown, rather than the server being temporarily unavailable.
    /// </summary>
    public bool WrongAddress { get; init; }

    /// <summary>The status of the other side's answer; null for none.</summary>
    public int? Status { get; init; }

    /// <summary>The body of the other side's answer, for actions that keep errors; null for none that may be kept.</summary>
    public string? Answer { get; init; }

    /// <summary>The pause that the other side asks for; null if it does not say.</summary>
    public TimeSpan? After { get; init; }
}
