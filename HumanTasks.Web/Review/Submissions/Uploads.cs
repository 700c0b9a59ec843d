using System.Buffers;
using HumanTasks.Core;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>What became of one uploaded file.</summary>
internal abstract record Upload
{
    private Upload()
    {
    }

    public sealed record Stored(FileValue File) : Upload;

    /// <param name="Message">In the language of the person who uploads.</param>
    public sealed record Refused(string Message) : Upload;
}

/// <summary>Takes uploaded files from a request into the file store.</summary>
internal sealed partial class Uploads(
    IFileStore files, LimitOptions limits, TimeProvider time, ILogger<Uploads> logger)
{
    /// <summary>Stores the content, or says why not; what is not read is left to the caller.</summary>
    /// <exception cref="IOException">The request itself is broken or too large.</exception>
    public async Task<Upload> ReceiveAsync(
        string taskId, Field.File field, string name, Stream content, CancellationToken cancellationToken)
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
            return await SaveAsync(taskId, field, name, contentType, whole, limit, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>Deletes what no answer and no page names; best effort, what stays goes with its run.</summary>
    public async Task DiscardAsync(string taskId, IEnumerable<FileValue> unused, CancellationToken cancellationToken)
    {
        foreach (var file in unused)
        {
            try
            {
                await files.DeleteAsync(new FileKey(taskId, file.FileId), cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNotDeleted(failure, file.FileId, taskId);
            }
        }
    }

    private async Task<Upload> SaveAsync(
        string taskId,
        Field.File field,
        string name,
        string contentType,
        LimitedStream content,
        long limit,
        CancellationToken cancellationToken)
    {
        var id = Ids.New(time.GetUtcNow());
        try
        {
            var stored = await files.SaveAsync(new FileKey(taskId, id), content, cancellationToken);
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
            if (content.IsOverLimit)
            {
                return Refused("FileTooLarge", field.Label, name, FormInput.Size(limit));
            }

            LogNotStored(failure, name, taskId);
            return Refused("FileFailed", field.Label, name);
        }
    }

    private static Upload.Refused Refused(string text, params ReadOnlySpan<object> values) =>
        new(FormTexts.Get(text, values));

    [LoggerMessage(LogLevel.Error, "The uploaded file {Name} could not be stored for the task {TaskId}.")]
    private partial void LogNotStored(Exception failure, string name, string taskId);

    [LoggerMessage(LogLevel.Warning, "The file {FileId} of the task {TaskId} could not be deleted.")]
    private partial void LogNotDeleted(Exception failure, string fileId, string taskId);
}
