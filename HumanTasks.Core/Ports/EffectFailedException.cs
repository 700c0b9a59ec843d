namespace HumanTasks.Core.Ports;

/// <summary>
/// The world outside did not do what an action asked: a server refused, a name did not resolve. Adapters wrap what they
/// catch in it, with a message that may be shown and holds no secret.
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

    /// <summary>False when another attempt cannot help.</summary>
    public bool MayPass { get; init; } = true;

    /// <summary>Whether an address of an email is wrong or unknown, as opposed to a server that does not take it now.</summary>
    public bool WrongAddress { get; init; }

    /// <summary>How long the other side asks to be left alone; null when it does not say.</summary>
    public TimeSpan? After { get; init; }
}
