namespace HumanTasks.Core.Ports;

/// <summary>
/// Thrown for a cursor from another list. Returning the first page instead would make callers loop forever.
/// </summary>
public sealed class InvalidCursorException : Exception
{
    public InvalidCursorException()
        : base("Invalid cursor.")
    {
    }

    public InvalidCursorException(string message)
        : base(message)
    {
    }

    public InvalidCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
