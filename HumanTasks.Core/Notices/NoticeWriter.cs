using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Notices;

/// <summary>
/// Writes notices about tasks. A title comes from a rule set and its context: in Markdown it is text and never markup,
/// and it appears in a subject only if that is enabled.
/// </summary>
public sealed partial class NoticeWriter(NoticeTemplates templates)
{
    private const int MaxSubject = 200;
    private const int ReferenceLength = 6;

    /// <param name="view">The task as its reader sees it.</param>
    /// <param name="notice">The notice and its recipient.</param>
    /// <param name="environment">The sender.</param>
    /// <param name="link">The reader's own link, used only if they are asked to respond.</param>
    public Email Write(TaskView view, Notice notice, RunEnvironment environment, string link)
    {
        var task = view.Task;
        var texts = TextsOf(task, environment);
        var told = Told.Of(view, notice, environment, texts);
        var invites = Invites(notice.Kind);
        var title = TitleOf(task, texts);
        var subject = told.Subject + (task.Schedule.Plan?.TitleInSubject == true || environment.TitleInSubject
            ? $": {title}"
            : $" [{ReferenceOf(task)}]");
        (string? text, var markdown) = Body(told, task, notice, environment, texts, invites ? link : null);
        if (templates.Write(environment.Id, WordOf(notice.Kind), texts.Culture.Name, Values(told, view, notice, environment, texts, invites ? link : null)) is { } own)
        {
            (subject, text, markdown) = (own.Subject, null, own.Markdown);
        }

        return new Email([notice.To ?? view.Assignee!], [], ShortText.Cut(OneLine(Isolates.Without(subject)), MaxSubject), Plain(text), markdown, task.CorrelationId)
        {
            TextLanguages = ForeignTitles([task], texts),
            FromName = environment.DisplayName,
            RuleSet = task.RuleSet,
            Environment = environment.Id,
            Language = texts.Culture.Name,
        };
    }

    /// <summary>Writes the email that lists held-back notices for an address, in the environment's language.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="environment">The sender.</param>
    /// <param name="perHour">The number of emails that the address received in one hour.</param>
    /// <param name="told">
    /// The tasks as their reader sees them, with the notice and the reader's own link for each.
    /// </param>
    public static Email WriteList(
        string address, RunEnvironment environment, int perHour, IReadOnlyList<(TaskView View, Notice Notice, string Link)> told)
    {
        var texts = new NoticeTexts(Languages.CultureOf(environment.Language));
        var lead = texts.Count("ListLead", perHour);
        List<string> text = [lead];
        List<string> markdown = [Template.Plain(lead)];
        foreach (var (view, notice, link) in told)
        {
            var task = view.Task;
            var invites = Invites(notice.Kind);
            var one = Told.Of(view, notice, environment, texts);
            var title = texts.Get(invites ? "Asks" : "About", environment.DisplayName, TitleOf(task, texts));
            string[] lines =
            [
                one.Lead,
                .. one.Reason is { } reason ? [texts.Get("Reason", reason)] : Array.Empty<string>(),
                .. notice.Note is { } note ? [texts.Get("Note", note)] : Array.Empty<string>(),
                .. invites ? [texts.Get("Until", Time(task, task.Schedule.ExpiresAt, texts))] : Array.Empty<string>(),
            ];
            text.AddRange(["---", title, .. lines, .. invites ? [link] : Array.Empty<string>()]);
            markdown.AddRange(
            [
                "---",
                $"**{Template.Plain(title)}**",
                .. lines.Select(Template.Plain),
                .. invites ? [$"[{texts["Open"]}]({link})"] : Array.Empty<string>(),
            ]);
        }

        string[] after = ["---", texts["CodeHint"], texts.Get("NotExpected", environment.DisplayName)];
        return new Email(
            [address],
            [],
            texts.Get("ListSubject", told.Count),
            Plain(Paragraphs([.. text, .. after])),
            Paragraphs([.. markdown, after[0], .. after[1..].Select(Template.Plain)]),
            told[0].View.CorrelationId)
        {
            TextLanguages = ForeignTitles(told.Select(one => one.View.Task), texts),
            FromName = environment.DisplayName,
            RuleSet = told[0].View.Task.RuleSet,
            Environment = environment.Id,
            Language = texts.Culture.Name,
        };
    }

    /// <summary>Writes the email with a one-time code, in the language of the page that requested it.</summary>
    /// <param name="address">The recipient.</param>
    /// <param name="code">The six digits.</param>
    /// <param name="environment">The sender; null for Studio.</param>
    /// <param name="correlationId">The correlation ID of the run or the request.</param>
    public Email WriteCode(string address, string code, RunEnvironment? environment, string correlationId)
    {
        var texts = new NoticeTexts(Languages.CultureOf(Languages.Current));
        var sender = environment?.DisplayName ?? "HumanTasks";
        var minutes = (int)OneTimeCodes.Lifetime.TotalMinutes;
        string[] lines = [texts.Count(environment is null ? "CodeForSignIn" : "CodeForTask", minutes), texts["CodeNotAsked"]];
        var subject = texts.Get("CodeSubject", code);
        string? text = Paragraphs([texts.Get("CodeLead", sender, code), .. lines]);
        var markdown = Paragraphs([string.Format(texts.Culture, texts["CodeLead"], Isolates.Around(Template.Plain(sender)), $"**{code}**"), .. lines.Select(Template.Plain)]);
        var values = Filled(new JsonObject
        {
            ["asks"] = sender,
            ["code"] = code,
            ["minutes"] = minutes,
            ["correlationId"] = correlationId,
        });
        if (environment is not null && templates.Write(environment.Id, "code", texts.Culture.Name, values) is { } own)
        {
            (subject, text, markdown) = (own.Subject, null, own.Markdown);
        }

        return new Email([address], [], Isolates.Without(subject), Plain(text), markdown, correlationId)
        {
            FromName = sender,
            Environment = environment?.Id,
            Language = texts.Culture.Name,
        };
    }

    /// <summary>Returns the notice as a card for a channel.</summary>
    internal static NoticeCard Card(HumanTask task, Notice notice, RunEnvironment environment, Func<TaskView, string> linkOf)
    {
        var texts = TextsOf(task, environment);
        var told = Told.Of(TaskView.Of(task), notice, environment, texts);
        List<(string, string)> facts = [(texts["CardFrom"], environment.DisplayName)];
        if (task.Asked.Names is { } assignee && Invites(notice.Kind))
        {
            facts.Add((texts["CardAssignee"], assignee));
        }

        if (task.Schedule.DueAt is { } due && Invites(notice.Kind))
        {
            facts.Add((texts["CardDue"], Time(task, due, texts)));
        }

        if (Invites(notice.Kind))
        {
            facts.Add((texts["CardUntil"], Time(task, task.Schedule.ExpiresAt, texts)));
        }

        var views = task.Asked is Asked.Several ? task.Asked.Open.Select(seat => new TaskView(task, seat)).ToArray() : [TaskView.Of(task)];
        return new NoticeCard(
            task.Question.TitleIn(texts.Culture.Name),
            Isolates.Without(Paragraphs([told.Lead, .. told.Reason is { } reason ? [texts.Get("Reason", reason)] : Array.Empty<string>()])),
            facts,
            Invites(notice.Kind)
                ? [.. views.Select(view => (views.Length > 1 ? $"{texts["Open"]}: {view.Assignee}" : texts["Open"], linkOf(view)))]
                : []);
    }

    /// <summary>Returns the name of a kind of notice, for templates.</summary>
    public static string WordOf(NoticeKind kind) => $"{char.ToLowerInvariant(kind.ToString()[0])}{kind.ToString()[1..]}";

    /// <summary>The names of all kinds that can have a template.</summary>
    public static IEnumerable<string> Kinds => Enum.GetValues<NoticeKind>().Select(WordOf).Append("code");

    /// <summary>Returns whether the reader is asked to respond, and gets a link.</summary>
    private static bool Invites(NoticeKind kind) => kind is not (NoticeKind.Overdue or NoticeKind.Expired or NoticeKind.Outcome);
}
