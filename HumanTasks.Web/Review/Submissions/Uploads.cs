using System.Buffers;
using HumanTasks.Core;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Stores uploaded files from a request.</summary>
internal sealed partial class Uploads(
    IFileStore files, UploadLedger ledger, LimitOptions limits, TimeProvider time, ILogger<Uploads> logger)
{
    /// <summary>Stores the content, or returns why not. Unread content is left to the caller.</summary>
    /// <param name="taskId">The task's ID.</param>
    /// <param name="field">The field.</param>
    /// <param name="name">The cleaned name of the file.</param>
    /// <param name="content">The content.</param>
    /// <param name="atMost">The maximum size in bytes that the request allows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The request itself is broken or too large.</exception>
    public async Task<Upload> ReceiveAsync(
        string taskId, Field.File field, string name, Stream content, long atMost, CancellationToken cancellationToken)
    {
        var head = ArrayPool<byte>.Shared.Rent(FileContent.HeadLength);
        try
        {
            var length = await content.ReadAtLeastAsync(
                head.AsMemory(0, FileContent.HeadLength), FileContent.HeadLength, throwOnEndOfStream: false, cancellationToken);
            if (length == 0)
            {
                return Refused("FileEmpty", field.Label, name);
            }

            if (FileContent.Detect(head.AsSpan(0, length), name) is not { } contentType)
            {
                return Refused("FileNotWhatItSays", field.Label, name);
            }

            var limit = Math.Min(field.MaxBytes ?? limits.MaxUploadBytes, limits.MaxUploadBytes);
            using var whole = new LimitedStream(head.AsMemory(0, length), content, limit);
            return await SaveAsync(taskId, field, name, contentType, whole, limit, atMost, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>Deletes the files of a request that was not accepted. A failure is left to the sweep.</summary>
    public Task DiscardAsync(string taskId, IEnumerable<FileValue> unused, CancellationToken cancellationToken) =>
        ledger.DiscardAsync(taskId, unused, cancellationToken);

    /// <summary>Deletes files that no draft names any more, unless an accepted response names them.</summary>
    public Task ReleaseAsync(string taskId, IReadOnlyCollection<FileValue> unused, CancellationToken cancellationToken) =>
        ledger.ReleaseAsync(taskId, unused, cancellationToken);

    /// <summary>
    /// Keeps the files that an accepted response names, and deletes all others of the request or its draft.
    /// </summary>
    public async Task AcceptAsync(HumanResponse response, Sent sent, CancellationToken cancellationToken)
    {
        var named = UploadLedger.FilesIn(response.Values).ToHashSet(StringComparer.Ordinal);
        await ledger.CommitAsync(response.TaskId, named, cancellationToken);
        await ledger.ReleaseAsync(
            response.TaskId,
            [.. sent.Files.SelectMany(files => files.Value).Concat(sent.Fresh).Where(file => !named.Contains(file.FileId)).DistinctBy(file => file.FileId)],
            cancellationToken);
    }

    private async Task<Upload> SaveAsync(
        string taskId,
        Field.File field,
        string name,
        string contentType,
        LimitedStream content,
        long limit,
        long atMost,
        CancellationToken cancellationToken)
    {
        var id = Ids.New(time.GetUtcNow());
        var key = new FileKey(taskId, id);
        if (!await ledger.ReserveAsync(key, Math.Min(limit, atMost), cancellationToken))
        {
            return Refused("TooManyUploads", field.Label, name) with { IsForNow = true };
        }

        try
        {
            var stored = await files.SaveAsync(key, content, cancellationToken);
            await ledger.StoredAsync(key, stored.Size, cancellationToken);
            return new Upload.Stored(new FileValue(id, name, contentType, stored.Size, stored.Sha256));
        }
        catch (StorageUnavailableException)
        {
            throw;
        }
        catch (Exception) when (content.IsBroken || cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            await ledger.ForgetAsync(key, cancellationToken);
            if (content.IsOverLimit)
            {
                return Refused("FileTooLarge", field.Label, name, ByteSize.Of(limit));
            }

            LogNotStored(failure, name, taskId);
            return Refused("FileFailed", field.Label, name);
        }
    }

    private static Upload.Refused Refused(string text, params ReadOnlySpan<object> values) =>
        new(FormTexts.Get(text, values));

    [LoggerMessage(LogLevel.Error, "Couldn't store the uploaded file {Name} for the task {TaskId}.")]
    private partial void LogNotStored(Exception failure, string name, string taskId);
}
