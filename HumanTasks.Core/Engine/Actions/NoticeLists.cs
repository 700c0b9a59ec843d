using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>
/// Collects notices to addresses that have reached their hourly limit of emails. They are sent as one list as soon as
/// another email is allowed.
/// </summary>
public sealed class NoticeLists(
    IDocumentStore documents,
    IRunStore store,
    EnvironmentCatalog environments,
    LinkBuilder links,
    MailDelivery mail,
    MailAllowance allowance,
    NoticeLists.Note note)
{
    /// <summary>Adds an activity entry to a task, outside its run.</summary>
    public delegate Task Note(HumanTask task, TaskEventKind kind, string? by, string? detail, CancellationToken cancellationToken);

    /// <summary>The maximum number of notices in one list. Further ones are sent in the next list.</summary>
    public const int MostInList = 200;

    /// <summary>The owner of the documents that record addresses with a list.</summary>
    private const string Index = "mail-lists";

    private const int MostAddresses = 5000;

    /// <summary>Stores a notice for the next list. Storing it twice has no further effect.</summary>
    internal async Task AddAsync(HumanTask task, Notice notice, string address, CancellationToken cancellationToken)
    {
        var person = PersonAddress.Written(address);
        var waiting = new WaitingNotice(person, task.Id, notice);
        await documents.PutAsync(
            new Document(OwnerOf(person), HashOf(notice.KeyOf(task.Id)), JsonSerializer.SerializeToUtf8Bytes(waiting, NoticeListJson.Default.WaitingNotice)),
            cancellationToken);
        await PutIndexAsync(person, cancellationToken);
    }

    /// <summary>Sends the stored notices to each address that may receive an email.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        foreach (var listed in await documents.ListAsync(Index, "", MostAddresses, cancellationToken))
        {
            var person = Encoding.UTF8.GetString(listed.Body.Span);
            if (await SendAsync(person, cancellationToken) && (await WaitingAsync(person, 1, cancellationToken)).Count == 0)
            {
                await documents.DeleteAsync(Index, listed.Key, cancellationToken);
                if ((await WaitingAsync(person, 1, cancellationToken)).Count > 0) // stored meanwhile
                {
                    await PutIndexAsync(person, cancellationToken);
                }
            }
        }
    }

    /// <summary>Sends one list per environment. Returns false if some of it must wait.</summary>
    private async Task<bool> SendAsync(string person, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(person, MostInList, cancellationToken);
        List<(Document Document, TaskView View, Notice Notice)> told = [];
        foreach (var document in waiting)
        {
            var one = JsonSerializer.Deserialize(document.Body.Span, NoticeListJson.Default.WaitingNotice)!;
            if (await store.FindTaskAsync(one.TaskId, cancellationToken) is { } task
                && environments.Find(task.Environment) is not null
                && Seen(task, one.Notice, person) is { } seen)
            {
                told.Add((document, seen, one.Notice));
            }
            else
            {
                await documents.DeleteAsync(document.Owner, document.Key, cancellationToken); // answered or gone meanwhile
            }
        }

        foreach (var ofOne in (await WithoutRepeatsAsync(told, cancellationToken)).OrderBy(one => one.Notice.At).ThenBy(one => one.View.Id, StringComparer.Ordinal).GroupBy(one => one.View.Environment, StringComparer.Ordinal))
        {
            if (!await SendAsync(person, environments.Get(ofOne.Key), [.. ofOne], cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the task as its reader sees it; null if the reader is no longer asked.</summary>
    private static TaskView? Seen(HumanTask task, Notice notice, string person) =>
        notice.To is not null ? TaskView.Of(task)
        : task.State.IsPending && TaskNotices.Addressee(task, notice) is { } seen && PersonAddress.Same(seen.Assignee, person) ? seen
        : null;

    /// <summary>
    /// Keeps the newest of several notices to the same person about the same task, and all notices with a note from a
    /// person.
    /// </summary>
    private async Task<IReadOnlyList<(Document Document, TaskView View, Notice Notice)>> WithoutRepeatsAsync(
        IReadOnlyList<(Document Document, TaskView View, Notice Notice)> told, CancellationToken cancellationToken)
    {
        var newest = told
            .Where(one => one.Notice is { To: null, Note: null })
            .GroupBy(one => (one.View.Id, one.Notice.Seat))
            .Select(of => of.MaxBy(one => (one.Notice.At, one.Notice.Number)).Document.Key)
            .ToHashSet(StringComparer.Ordinal);
        List<(Document, TaskView, Notice)> left = [];
        foreach (var one in told)
        {
            if (one.Notice is { To: null, Note: null } && !newest.Contains(one.Document.Key))
            {
                await documents.DeleteAsync(one.Document.Owner, one.Document.Key, cancellationToken);
            }
            else
            {
                left.Add(one);
            }
        }

        return left;
    }

    private async Task<bool> SendAsync(
        string person,
        RunEnvironment environment,
        IReadOnlyList<(Document Document, TaskView View, Notice Notice)> told,
        CancellationToken cancellationToken)
    {
        if (allowance.Take(person) is not null)
        {
            return false;
        }

        var email = NoticeWriter.WriteList(person, environment, allowance.PerHour, [.. told.Select(one => (one.View, one.Notice, links.LinkOf(one.View)))]);
        var (happened, detail) = (TaskEventKind.Mailed, person);
        try
        {
            // The same list has the same key, so a crash before it is deleted sends it only once if the email system
            // supports keys.
            await mail.SendAsync(email, $"list-{HashOf(string.Concat(told.Select(one => one.Document.Key)))}", cancellationToken);
        }
        catch (EffectFailedException refused)
        {
            allowance.GiveBack(person);
            if (refused.MayPass)
            {
                return false;
            }

            (happened, detail) = (TaskEventKind.MailFailed, $"{person}: {refused.Message}");
        }

        foreach (var (document, view, _) in told)
        {
            await note(view.Task, happened, null, detail, cancellationToken);
            await documents.DeleteAsync(document.Owner, document.Key, cancellationToken);
        }

        return true;
    }

    private Task<IReadOnlyList<Document>> WaitingAsync(string person, int limit, CancellationToken cancellationToken) =>
        documents.ListAsync(OwnerOf(person), "", limit, cancellationToken);

    private Task PutIndexAsync(string person, CancellationToken cancellationToken) =>
        documents.PutAsync(new Document(Index, HashOf(person), Encoding.UTF8.GetBytes(person)), cancellationToken);

    private static string OwnerOf(string person) => $"{Index}~{HashOf(person)}";

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
