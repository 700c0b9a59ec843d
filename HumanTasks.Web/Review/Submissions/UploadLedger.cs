using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// The uploads that no accepted response names yet, recorded before the file itself. The ledger limits them by link and
/// decides which may be deleted: never one that an accepted response names.
/// </summary>
internal sealed partial class UploadLedger(
    IDocumentStore documents, IFileStore files, IRunStore store, LimitOptions limits, TimeProvider time, ILogger<UploadLedger> logger)
{
    /// <summary>The owner of the queue of uploads to check, whose keys are IDs with the time of the check.</summary>
    public const string Queue = "uploads";

    private const int MaxRaces = 5;
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly CountingWindow hourly = new(TimeSpan.FromHours(1), time);

    /// <summary>How long an upload stays that neither a response nor a draft names.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Reserves space for a file before it is stored; returns false when the link has none left now.</summary>
    public async Task<bool> ReserveAsync(FileKey file, long atMost, CancellationToken cancellationToken)
    {
        if (limits.UploadsPerHour > 0 && hourly.Count(file.TaskId) > limits.UploadsPerHour)
        {
            return false;
        }

        // recorded before the others are counted, so that concurrent uploads see each other
        var until = time.GetUtcNow() + Lifetime;
        await QueueAsync(file, until, cancellationToken);
        await documents.PutAsync(Write(file, new PendingUpload(atMost, until)), cancellationToken);
        if (await HasRoomAsync(file, cancellationToken))
        {
            return true;
        }

        await ForgetAsync(file, cancellationToken);
        return false;
    }

    private async Task<bool> HasRoomAsync(FileKey file, CancellationToken cancellationToken)
    {
        var most = limits.PendingUploads > 0 ? limits.PendingUploads : int.MaxValue - 1;
        var all = await documents.ListAsync(Owner(file), Prefix(file.TaskId), most + 1, cancellationToken);
        return all.Count <= most
            && (limits.PendingUploadBytes <= 0
                || all.Sum(one => Read(one).Size) <= Math.Max(limits.PendingUploadBytes, limits.MaxSubmissionBytes));
    }

    /// <summary>Corrects the size of a file after it was stored.</summary>
    public async Task StoredAsync(FileKey file, long size, CancellationToken cancellationToken)
    {
        if (await FindAsync(file, cancellationToken) is { } document && Read(document) is var entry && entry.Size != size)
        {
            await documents.PutAsync(With(document, entry with { Size = size }), cancellationToken);
        }
    }

    /// <summary>Keeps a file that a page sends again for another hour; returns false when it is gone.</summary>
    public async Task<bool> KeepAsync(FileKey file, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces && await FindAsync(file, cancellationToken) is { } document; race++)
        {
            var until = time.GetUtcNow() + Lifetime;
            var entry = Read(document);
            if (entry.IsGoing)
            {
                return false;
            }

            if (entry.Until >= until - Margin || await documents.PutAsync(With(document, entry with { Until = until }), cancellationToken))
            {
                break;
            }
        }

        await using var content = await files.OpenAsync(file, cancellationToken);
        return content is not null;
    }

    /// <summary>Keeps files as long as their run, because an accepted response names them.</summary>
    public async Task CommitAsync(string taskId, IEnumerable<string> fileIds, CancellationToken cancellationToken)
    {
        foreach (var id in fileIds)
        {
            try
            {
                await ForgetAsync(new FileKey(taskId, id), cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                return; // the sweep finds the response that names them
            }
        }
    }

    /// <summary>Deletes files that no draft names any more, unless an accepted response names them.</summary>
    public async Task ReleaseAsync(string taskId, IReadOnlyCollection<FileValue> unused, CancellationToken cancellationToken)
    {
        if (unused.Count == 0)
        {
            return;
        }

        try
        {
            var accepted = await AcceptedAsync(taskId, cancellationToken);
            await DiscardAsync(taskId, unused.Where(file => !accepted.Contains(file.FileId)), cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // the sweep deletes the rest
        }
    }

    /// <summary>Deletes the files of a request that was not accepted. A failure is left to the sweep.</summary>
    public async Task DiscardAsync(string taskId, IEnumerable<FileValue> unused, CancellationToken cancellationToken)
    {
        foreach (var file in unused)
        {
            try
            {
                await DeleteAsync(new FileKey(taskId, file.FileId), cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNotDeleted(failure, file.FileId, taskId);
            }
        }
    }

    public async Task DeleteAsync(FileKey file, CancellationToken cancellationToken)
    {
        await files.DeleteAsync(file, cancellationToken);
        await ForgetAsync(file, cancellationToken);
    }

    /// <summary>Returns the IDs of the files that a task's accepted responses name.</summary>
    public async Task<IReadOnlySet<string>> AcceptedAsync(string taskId, CancellationToken cancellationToken) =>
        (await store.ResponsesOfTaskAsync(taskId, cancellationToken)).SelectMany(response => FilesIn(response.Values)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the IDs of the files in submitted values.</summary>
    public static IEnumerable<string> FilesIn(JsonNode? node) => node switch
    {
        JsonObject when FileValue.TryRead(node) is { } file => [file.FileId],
        JsonObject members => members.SelectMany(member => FilesIn(member.Value)),
        JsonArray items => items.SelectMany(FilesIn),
        _ => [],
    };

    public Task<Document?> FindAsync(FileKey file, CancellationToken cancellationToken) =>
        documents.FindAsync(Owner(file), Key(file), cancellationToken);

    public Task ForgetAsync(FileKey file, CancellationToken cancellationToken) =>
        documents.DeleteAsync(Owner(file), Key(file), cancellationToken);

    /// <summary>Schedules a check of a file by the sweep.</summary>
    public Task QueueAsync(FileKey file, DateTimeOffset at, CancellationToken cancellationToken) => documents.PutAsync(
        new Document(Queue, Ids.New(at), JsonSerializer.SerializeToUtf8Bytes(file, UploadJson.Default.FileKey)), cancellationToken);

    public static PendingUpload Read(Document document) =>
        JsonSerializer.Deserialize(document.Body.Span, UploadJson.Default.PendingUpload)!;

    public static Document With(Document document, PendingUpload entry) =>
        document.With(JsonSerializer.SerializeToUtf8Bytes(entry, UploadJson.Default.PendingUpload));

    private static Document Write(FileKey file, PendingUpload entry) =>
        new(Owner(file), Key(file), JsonSerializer.SerializeToUtf8Bytes(entry, UploadJson.Default.PendingUpload));

    private static string Owner(FileKey file) =>
        HumanTask.RunIdOf(file.TaskId) ?? throw new ArgumentException($"'{file.TaskId}' is not the id of a task.", nameof(file));

    private static string Key(FileKey file) => Prefix(file.TaskId) + file.FileId;

    private static string Prefix(string taskId) => $"upload~{taskId[(Ids.Length + 1)..]}~";

    [LoggerMessage(LogLevel.Warning, "Couldn't delete the file {FileId} of the task {TaskId}.")]
    private partial void LogNotDeleted(Exception failure, string fileId, string taskId);
}
