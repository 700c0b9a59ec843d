namespace HumanTasks.Core.Ports;

/// <summary>
/// What should be kept cannot be written now: the disk is full, or the folder can only be read. Nothing was written, and
/// the same may succeed later. The message may be shown to whoever operates the host.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
