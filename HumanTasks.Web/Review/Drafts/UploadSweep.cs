using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Review.Drafts;

/// <summary>Deletes uploads older than an hour that neither an accepted response nor a current draft names.</summary>
public sealed class UploadSweep(
    IDocumentStore documents,
    IFileStore files,
    IRunStore store,
    LinkKeyRing keys,
    LimitOptions limits,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private const int Batch = 100;
    private const int MostBatches = 10;

    private readonly UploadLedger ledger = new(documents, files, store, limits, time, loggers.CreateLogger<UploadLedger>());

    /// <summary>Checks the uploads that are due, in bounded batches; the next minute continues.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Names> named = new(StringComparer.Ordinal);
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var queued = await documents.ListAsync(UploadLedger.Queue, "", Batch, cancellationToken);
            foreach (var one in queued)
            {
                if (Ids.TimeOf(one.Key) > time.GetUtcNow())
                {
                    return;
                }

                var file = JsonSerializer.Deserialize(one.Body.Span, UploadJson.Default.FileKey)!;
                if (await CheckAsync(file, named, cancellationToken) is { } again)
                {
                    await ledger.QueueAsync(file, again, cancellationToken);
                }

                await documents.DeleteAsync(UploadLedger.Queue, one.Key, cancellationToken);
            }

            if (queued.Count < Batch)
            {
                return;
            }
        }
    }

    /// <summary>Deletes the file if nothing names it; returns when to check again if it stays for now.</summary>
    private async Task<DateTimeOffset?> CheckAsync(FileKey file, Dictionary<string, Names> named, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await ledger.FindAsync(file, cancellationToken) is not { } document)
        {
            return null; // accepted or discarded
        }

        var entry = UploadLedger.Read(document);
        if (entry.Until > now)
        {
            return entry.Until;
        }

        if (!named.TryGetValue(file.TaskId, out var names))
        {
            named[file.TaskId] = names = await NamesAsync(file.TaskId, cancellationToken);
        }

        if (names.Accepted.Contains(file.FileId))
        {
            await ledger.ForgetAsync(file, cancellationToken);
            return null;
        }

        if (names.InDrafts is not { } drafts || drafts.Contains(file.FileId))
        {
            return now + UploadLedger.Lifetime;
        }

        // a page that sends it again writes the same document: either that request keeps the file, or it learns that it
        // is gone
        if (!entry.IsGoing && !await documents.PutAsync(UploadLedger.With(document, entry with { IsGoing = true }), cancellationToken))
        {
            return now;
        }

        await ledger.DeleteAsync(file, cancellationToken);
        return null;
    }

    private async Task<Names> NamesAsync(string taskId, CancellationToken cancellationToken) => new(
        await ledger.AcceptedAsync(taskId, cancellationToken),
        await store.FindTaskAsync(taskId, cancellationToken) is { State.IsPending: true } task
            ? await new Drafts(documents, keys, ledger, time).FilesAsync(TaskView.Of(task), cancellationToken)
            : new HashSet<string>());

    /// <summary>The files in use.</summary>
    /// <param name="Accepted">The files that responses name.</param>
    /// <param name="InDrafts">The files that current drafts name; null when there are too many drafts to check.</param>
    private sealed record Names(IReadOnlySet<string> Accepted, IReadOnlySet<string>? InDrafts);
}
