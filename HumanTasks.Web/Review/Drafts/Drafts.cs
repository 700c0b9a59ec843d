using System.Security.Cryptography;
using System.Text.Json;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Submissions;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Drafts;

/// <summary>
/// The drafts of reviewers, sealed under their link until they are sent. A link for one response has one draft on all
/// devices. A link for several responses is probably shared, so each browser has its own draft. Behind a secure link a
/// draft belongs to the verified address.
/// </summary>
internal sealed class Drafts(IDocumentStore documents, LinkKeyRing keys, UploadLedger uploads, TimeProvider time)
{
    private const string Purpose = "draft";
    private const string CookieName = "ht-draft";
    private const string TheLink = "link";
    private const int MaxOfATask = 1000;
    private const int MaxToTell = 10_000;
    private const int MaxRaces = 5;

    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(30);

    /// <summary>Saves what was typed; returns the current draft.</summary>
    public async Task<Draft> SaveAsync(HttpContext context, TaskView task, Sent sent, IReadOnlyList<InputProblem>? problems = null)
    {
        var key = KeyOf(context, task) ?? NewKey(context, task);
        var draft = new Draft(
            time.GetUtcNow(),
            task.Question.CurrentRound.Number,
            sent.Typed.Where(typed => !PartNames.IsOurs(typed.Key)).ToDictionary(StringComparer.Ordinal),
            sent.Files,
            sent.Reason,
            sent.Language ?? Languages.Current,
            sent.Page)
        {
            Problems = [.. (problems ?? []).Select(problem => new DraftProblem(problem.Field, problem.Isolated))],
        };
        var body = keys.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(draft, DraftJson.Default.Draft));
        for (var race = 0; race < MaxRaces; race++)
        {
            var before = await documents.FindAsync(task.RunId, key, context.RequestAborted);
            if (await documents.PutAsync(before?.With(body) ?? new Document(task.RunId, key, body), context.RequestAborted))
            {
                await ReleaseReplacedAsync(task, before, draft, sent, context.RequestAborted);
                break; // of two concurrent saves the later one wins
            }
        }

        return draft;
    }

    /// <summary>
    /// Deletes the files that only the previous draft named. A file whose removal is ticked but not sent stays for an
    /// hour, so that the reviewer can untick it on the same page.
    /// </summary>
    private async Task ReleaseReplacedAsync(TaskView task, Document? before, Draft draft, Sent sent, CancellationToken cancellationToken)
    {
        if (before is not null && Open(before) is { } replaced)
        {
            var kept = FilesOf(draft).Select(file => file.FileId).Concat(sent.Removed).ToHashSet(StringComparer.Ordinal);
            await uploads.ReleaseAsync(
                task.Id, [.. FilesOf(replaced).Where(file => !kept.Contains(file.FileId))], cancellationToken);
        }
    }

    /// <summary>
    /// Returns the IDs of the files that a task's current drafts name; null when there are too many drafts to check.
    /// </summary>
    public async Task<IReadOnlySet<string>?> FilesAsync(TaskView task, CancellationToken cancellationToken)
    {
        var all = await documents.ListAsync(task.RunId, Prefix(task), MaxToTell, cancellationToken);
        return all.Count == MaxToTell ? null : all
            .Select(Open)
            .OfType<Draft>()
            .Where(draft => draft.Round == task.Question.CurrentRound.Number)
            .SelectMany(FilesOf)
            .Select(file => file.FileId)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<FileValue> FilesOf(Draft draft) => draft.Files.SelectMany(files => files.Value);

    /// <summary>Returns the visitor's draft, or null.</summary>
    public async Task<Draft?> FindAsync(HttpContext context, TaskView task)
    {
        if (KeyOf(context, task) is not { } key
            || await documents.FindAsync(task.RunId, key, context.RequestAborted) is not { } document
            || Open(document) is not { } draft || draft.Round != task.Question.CurrentRound.Number)
        {
            return null;
        }

        Mark(context, HolderOf(key)); // so that submitting from here deletes it
        return draft;
    }

    /// <summary>Deletes the visitor's draft; returns the files that it held.</summary>
    public async Task<IReadOnlyList<FileValue>> DropAsync(HttpContext context, TaskView task)
    {
        if (!context.Request.Cookies.ContainsKey(CookieName)
            || KeyOf(context, task) is not { } key
            || await documents.FindAsync(task.RunId, key, context.RequestAborted) is not { } document)
        {
            return [];
        }

        await documents.DeleteAsync(task.RunId, key, context.RequestAborted);
        context.Response.Cookies.Delete(CookieName, Cookie(context));
        return Open(document) is { } draft ? [.. FilesOf(draft)] : [];
    }

    /// <summary>Deletes all drafts of a task that is over, with their files.</summary>
    public async Task DropAllAsync(TaskView task, CancellationToken cancellationToken)
    {
        foreach (var document in await documents.ListAsync(task.RunId, Prefix(task), MaxOfATask, cancellationToken))
        {
            await documents.DeleteAsync(task.RunId, document.Key, cancellationToken);
            if (Open(document) is { } draft)
            {
                await uploads.ReleaseAsync(task.Id, [.. FilesOf(draft)], cancellationToken);
            }
        }
    }

    private Draft? Open(Document document)
    {
        try
        {
            return JsonSerializer.Deserialize(keys.Open(Purpose, document.Body.Span), DraftJson.Default.Draft);
        }
        catch (CryptographicException)
        {
            return null; // sealed under a link key that was removed, so its link is invalid, too
        }
    }

    /// <summary>Returns whether this browser finds a draft again: by the link or its address, or by a cookie that it keeps.</summary>
    public static bool Finds(HttpContext context, TaskView task) =>
        KeyOf(context, task) is not null || BrowserSecurity.KeepsCookies(context.Request);

    private static string? KeyOf(HttpContext context, TaskView task)
    {
        var holder = Visit.Of(context).By is { } address ? OneTimeCodes.KeyOf(address)
            : task.Uses.Max == 1 ? TheLink
            : context.Request.Cookies[CookieName];
        return holder is { Length: > 0 and <= 64 } && holder.All(char.IsAsciiLetterOrDigit) ? Prefix(task) + holder : null;
    }

    private static string NewKey(HttpContext context, TaskView task)
    {
        var holder = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Mark(context, holder);
        return Prefix(task) + holder;
    }

    private static string HolderOf(string key) => key[(key.LastIndexOf('~') + 1)..];

    private static string Prefix(TaskView task) => $"draft~{task.Action}~";

    public static void Mark(HttpContext context, TaskView task)
    {
        if (KeyOf(context, task) is { } key)
        {
            Mark(context, HolderOf(key));
        }
    }

    private static void Mark(HttpContext context, string holder) =>
        context.Response.Cookies.Append(CookieName, holder, Cookie(context));

    private static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = CookieLifetime,
        Path = Visit.Of(context).Page,
        SameSite = SameSiteMode.Lax,
    };
}
