using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine;

/// <summary>
/// What happens around a task and changes nothing of it: who opened its link, what members say to each other. It goes with
/// the run, and holds no address of a visitor.
/// </summary>
public sealed class TaskJournal(IDocumentStore documents, TimeProvider time)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxComment = 4000;

    /// <summary>How many comments a task takes.</summary>
    public const int MaxComments = 500;

    private const int MaxEvents = 1000;
    private const int MaxKnown = 4096;

    private const string Strangers = "strangers";

    private static readonly TimeSpan StrangersLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Notes something that happened to a task's link.</summary>
    public Task NoteAsync(HumanTask task, TaskEventKind kind, string? by, string? detail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return PutAsync(task, $"{Stamp(now)}-{Random()}", new TaskEvent(now, kind, by, detail), cancellationToken);
    }

    /// <summary>Notes that a link was looked at: once in ten minutes for each kind, however often that is.</summary>
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
    /// Notes what nobody reads: a token that is not ours costs what one of ours does, so that the time of an answer does not
    /// tell them apart. Gone after an hour.
    /// </summary>
    public async Task NoteStrangerAsync(string token, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = $"{OneTimeCodes.KeyOf(token)}-{what}";
        await documents.FindAsync(Strangers, key, cancellationToken); // as a task of ours is looked for
        await documents.PutAsync(
            new Document(
                Strangers,
                what == Look ? key : $"{key}-{Random()}",
                JsonSerializer.SerializeToUtf8Bytes(new TaskEvent(now, TaskEventKind.FetchedByMachine), CoreJson.Default.TaskEvent),
                ExpiresAt: now + StrangersLifetime),
            cancellationToken);
    }

    /// <summary>What is noted of a stranger's token that was only looked at.</summary>
    public const string Look = "look";

    /// <summary>All that happened to a task and around it, oldest first.</summary>
    public async Task<IReadOnlyList<TaskEvent>> TimelineAsync(HumanTask task, CancellationToken cancellationToken)
    {
        var noted = await documents.ListAsync(task.RunId, Prefix("event", task), MaxEvents, cancellationToken);
        return
        [
            .. task.Timeline
                .Concat(noted.Select(document => JsonSerializer.Deserialize(document.Body.Span, CoreJson.Default.TaskEvent)!))
                .OrderBy(happened => happened.At),
        ];
    }

    /// <summary>Null when the task has as many as it takes.</summary>
    public async Task<Comment?> CommentAsync(
        string id, HumanTask task, string by, string name, string text, CancellationToken cancellationToken)
    {
        // a repeated request comes with the id that was reserved for it, and finds what it said
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

    /// <summary>What members said, oldest first.</summary>
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

/// <summary>What a member says about a task, to other members.</summary>
/// <param name="Id">Of the comment.</param>
/// <param name="At">When.</param>
/// <param name="By">The member's address, or the name of an API key.</param>
/// <param name="Name">As others read it.</param>
/// <param name="Text">At most 4000 characters.</param>
public sealed record Comment(string Id, DateTimeOffset At, string By, string Name, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Comment))]
internal sealed partial class JournalJson : JsonSerializerContext;
