namespace HumanTasks.Core.Ports;

/// <summary>The bytes of uploaded files. They belong to a task and go with its run.</summary>
public interface IFileStore
{
    /// <summary>Stores the stream to its end; answers what it was. Nothing is stored when the stream breaks.</summary>
    Task<StoredFile> SaveAsync(FileKey key, Stream content, CancellationToken cancellationToken);

    /// <summary>The bytes, or null when there is no such file.</summary>
    Task<Stream?> OpenAsync(FileKey key, CancellationToken cancellationToken);

    Task DeleteAsync(FileKey key, CancellationToken cancellationToken);

    /// <summary>Deletes every file of a run's tasks.</summary>
    Task DeleteOfRunAsync(string runId, CancellationToken cancellationToken);
}

/// <param name="TaskId">The task for which it was uploaded.</param>
/// <param name="FileId">An id of <see cref="Ids"/>.</param>
public sealed record FileKey(string TaskId, string FileId);

/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record StoredFile(long Size, string Sha256);
