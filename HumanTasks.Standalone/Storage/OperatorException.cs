namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A problem that the operator of the host can solve. Its message is everything they need, and the host ends with exit
/// code 1.
/// </summary>
public sealed class OperatorException : Exception
{
    public OperatorException()
    {
    }

    public OperatorException(string message)
        : base(message)
    {
    }

    public OperatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
