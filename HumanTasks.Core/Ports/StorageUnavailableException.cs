namespace HumanTasks.Core.Ports;

/// <summary>
/// Data cannot be written now, because the disk is full or the folder is read-only. Nothing was written, and a later
/// attempt may succeed. The message may be shown to operators of the host.
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
