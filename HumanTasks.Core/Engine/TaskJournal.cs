using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// The events around a task that do not change it: opened links and comments of members. It is deleted with the run and
/// contains no visitor addresses.
/// </summary>
public sealed class TaskJournal(IDocumentStore documents, TimeProvider time)
{
    /// <summary>The maximum length of a comment, in characters.</summary>
    public const int MaxComment = 4000;

    /// <summary>The maximum number of comments on a task.</summary>
    public const int MaxComments = 500;

    private const int MaxEvents = 1000;
    private const int MaxKnown = 4096;

    private const string Strangers = "strangers";

    private static readonly TimeSpan StrangersLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Records an event of a task's link.</summary>
    public Task NoteAsync(HumanTask task, TaskEventKind kind, string? by, string? detail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return PutAsync(task, $"{Stamp(now)}-{Random()}", new TaskEvent(now, kind, by, detail), cancellationToken);
    }

    /// <summary>Records a view of a link, at most once in 10 minutes per kind.</summary>
    public async Task NoteLookAsync(HumanTask task, TaskEventKind kind, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var from = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Bucket.Ticks), TimeSpan.Zero);
        var key = $"{Stamp(from)}-{kind}";
        var whole = $"{task.Id} {key}";
        lock (gate)
        {
            if (known.Count >= MaxKnown)
            {
                known.Clear();
            }

            if (!known.Add(whole))
            {
                return;
            }
        }

        await PutAsync(task, key, new TaskEvent(now, kind), cancellationToken);
    }

    /// <summary>
    /// Writes a record that is never read, so the response time does not reveal whether a token is valid. It expires
    /// after one hour.
    /// </summary>
    public async Task NoteStrangerAsync(string token, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = $"{OneTimeCodes.KeyOf(token)}-{what}";
        await documents.FindAsync(Strangers, key, cancellationToken); // as for a valid token
        await documents.PutAsync(
            new Document(
                Strangers,
                what == Look ? key : $"{key}-{Random()}",
                JsonSerializer.SerializeToUtf8Bytes(new TaskEvent(now, TaskEventKind.FetchedByMachine), CoreJson.Default.TaskEvent),
                ExpiresAt: now + StrangersLifetime),
            cancellationToken);
    }

    /// <summary>The entry for a view with an invalid token.</summary>
    public const string Look = "look";

    /// <summary>Returns all activity of and around a task, oldest first.</summary>
    public async Task<IReadOnlyList<TaskEvent>> TimelineAsync(HumanTask task, CancellationToken cancellationToken)
    {
        var noted = await documents.ListAsync(task.RunId, Prefix("event", task), MaxEvents, cancellationToken);
        return
        [
            .. task.History.Timeline
                .Concat(noted.Select(document => JsonSerializer.Deserialize(document.Body.Span, CoreJson.Default.TaskEvent)!))
                .OrderBy(happened => happened.At),
        ];
    }

    /// <summary>Adds a comment. Returns null if the task has the maximum number of comments.</summary>
    public async Task<Comment?> CommentAsync(
        string id, HumanTask task, string by, string name, string text, CancellationToken cancellationToken)
    {
        // a repeated request has the same reserved ID and finds its first comment
        if (await documents.FindAsync(task.RunId, Prefix("comment", task) + id, cancellationToken) is { } said)
        {
            return JsonSerializer.Deserialize(said.Body.Span, JournalJson.Default.Comment);
        }

        var there = await documents.ListAsync(task.RunId, Prefix("comment", task), MaxComments, cancellationToken);
        if (there.Count >= MaxComments)
        {
            return null;
        }

        var comment = new Comment(id, time.GetUtcNow(), by, name, text);
        await documents.PutAsync(
            new Document(
                task.RunId,
                Prefix("comment", task) + comment.Id,
                JsonSerializer.SerializeToUtf8Bytes(comment, JournalJson.Default.Comment)),
            cancellationToken);
        return comment;
    }

    /// <summary>Returns the comments of members, oldest first.</summary>
    public async Task<IReadOnlyList<Comment>> CommentsAsync(HumanTask task, CancellationToken cancellationToken) =>
    [
        .. (await documents.ListAsync(task.RunId, Prefix("comment", task), MaxComments, cancellationToken))
            .Select(document => JsonSerializer.Deserialize(document.Body.Span, JournalJson.Default.Comment)!),
    ];

    private static string Prefix(string what, HumanTask task) => $"{what}~{task.Action}~";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private Task PutAsync(HumanTask task, string key, TaskEvent happened, CancellationToken cancellationToken) =>
        documents.PutAsync(
            new Document(
                task.RunId,
                Prefix("event", task) + key,
                JsonSerializer.SerializeToUtf8Bytes(happened, CoreJson.Default.TaskEvent)),
            cancellationToken);
}
