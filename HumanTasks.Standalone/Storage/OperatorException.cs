namespace HumanTasks.Standalone.Storage;

/// <summary>What whoever operates the host can see to: its message is all that they need, and the host ends with 1.</summary>
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
