namespace HumanTasks.Core.Ports;

/// <summary>Stores the bytes of uploaded files. A file belongs to a task and is deleted with its run.</summary>
public interface IFileStore
{
    /// <summary>Stores the whole stream and returns its size and hash. Stores nothing if the stream fails.</summary>
    Task<StoredFile> SaveAsync(FileKey key, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a file, or returns null if it does not exist.</summary>
    Task<Stream?> OpenAsync(FileKey key, CancellationToken cancellationToken);

    Task DeleteAsync(FileKey key, CancellationToken cancellationToken);

    /// <summary>Deletes all files of a run's tasks.</summary>
    Task DeleteOfRunAsync(string runId, CancellationToken cancellationToken);
}
