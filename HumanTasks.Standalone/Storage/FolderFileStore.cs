using System.Buffers;
using System.Security.Cryptography;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// Uploads in a folder for each run, <c>files/[two characters]/[run id]/[id]</c>. A file exists whole or not at all.
/// Its path consists of validated IDs, and its name is derived from task and file: nothing that a caller sent becomes a
/// path, and a file of one task cannot be found through another.
/// </summary>
internal sealed class FolderFileStore(string root) : IFileStore
{
    private const int BufferSize = 81920;

    public async Task<StoredFile> SaveAsync(FileKey key, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(key) ?? throw new ArgumentException("The key of a file is a task id and an id.", nameof(key));
        var unfinished = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(
                unfinished, FileMode.Create, FileAccess.Write, FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            var stored = await CopyAsync(content, file, cancellationToken);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            File.Move(unfinished, path, overwrite: true);
            RandomAccess.FlushToDisk(file.SafeFileHandle); // so that the new name survives a power cut, too
            return stored;
        }
        catch (Exception problem)
        {
            File.Delete(unfinished);
            if (IsStorage(problem))
            {
                throw new StorageUnavailableException("Couldn't store an upload: " + problem.Message, problem);
            }

            throw;
        }
    }

    public Task<Stream?> OpenAsync(FileKey key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(
        PathOf(key) is { } path && File.Exists(path)
            ? new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous)
            : null);

    public Task DeleteAsync(FileKey key, CancellationToken cancellationToken)
    {
        if (PathOf(key) is { } path && File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public Task DeleteOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        if (Ids.IsId(runId) && FolderOf(runId) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }

    // Linux error numbers: no space (28), read-only (30), over quota (122), I/O (5)
    private static bool IsStorage(Exception problem) =>
        problem is UnauthorizedAccessException
        || (problem is IOException && (problem.HResult is 28 or 30 or 122 or 5 || (problem.HResult & 0xFFFF) is 112 or 39));

    /// <summary>
    /// Returns the folder of a run. The last two characters of an ID are random and spread the runs; its first are its
    /// time.
    /// </summary>
    private string FolderOf(string runId) => Path.Combine(root, runId[^2..], runId);

    private string? PathOf(FileKey key) =>
        HumanTask.RunIdOf(key.TaskId) is { } runId && Ids.IsId(key.FileId)
            ? Path.Combine(FolderOf(runId), Ids.Derive(key.FileId, key.TaskId))
            : null;

    private static async Task<StoredFile> CopyAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var size = 0L;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                size += read;
            }

            return new StoredFile(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
