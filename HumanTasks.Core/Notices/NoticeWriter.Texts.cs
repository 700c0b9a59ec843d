using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Notices;

public sealed partial class NoticeWriter
{
    private static NoticeTexts TextsOf(HumanTask task, RunEnvironment environment) =>
        new(Languages.CultureOf(task.Question.Language ?? environment.Language));

    private static (string Text, string Markdown) Body(
        Told told, HumanTask task, Notice notice, RunEnvironment environment, NoticeTexts texts, string? link)
    {
        var heading = link is null ? "About" : "Asks";
        var (asks, title) = (environment.DisplayName, TitleOf(task, texts));
        var colon = texts[heading].IndexOf("{1}", StringComparison.Ordinal);
        List<string> before = [told.Lead];
        if (told.Reason is { } reason)
        {
            before.Add(texts.Get("Reason", reason));
        }

        if (link is not null && task.Asked is Asked.Several several)
        {
            before.Add(texts.Count(several.Candidates ? "OneOfCandidates" : "OneOfSeveral", several.Seats.Count));
        }

        if (notice.Note is { } note)
        {
            before.Add(texts.Get("Note", note));
        }

        List<string> after = [];
        if (link is not null)
        {
            string[] sentences =
            [
                .. task.Schedule.DueAt is { } at ? [texts.Get("Due", Time(task, at, texts))] : Array.Empty<string>(),
                texts.Get("Until", Time(task, task.Schedule.ExpiresAt, texts)),
                texts["CodeHint"],
            ];
            after.Add(string.Join(Punctuation.Of(texts.Culture).Sentence, sentences));
            after.Add(texts.Get("NotExpected", environment.DisplayName));
        }

        var text = Paragraphs([texts.Get(heading, asks, title), .. before, .. link is null ? Array.Empty<string>() : [link], .. after]);
        var bold = string.Format(texts.Culture, $"**{texts[heading][..colon].Trim()}** {texts[heading][colon..]}", Isolates.Around(Template.Plain(asks)), Isolates.Around(Template.Plain(title)));
        return (text, Paragraphs(
        [
            bold,
            .. before.Select(Template.Plain),
            .. link is null ? Array.Empty<string>() : [$"[{texts["Open"]}]({link})", $"{Template.Plain(texts["CopyAddress"])} <{link}>"],
            .. after.Select(Template.Plain),
        ]));
    }

    private static JsonObject Values(
        Told told, TaskView view, Notice notice, RunEnvironment environment, NoticeTexts texts, string? link) => Filled(new JsonObject
        {
            ["asks"] = environment.DisplayName,
            ["title"] = TitleOf(view.Task, texts),
            ["link"] = link,
            ["due"] = view.Schedule.DueAt is { } due ? Time(view.Task, due, texts) : null,
            ["until"] = Time(view.Task, view.Schedule.ExpiresAt, texts),
            ["note"] = notice.Note,
            ["reason"] = told.Reason,
            ["by"] = told.By,
            ["outcome"] = Isolates.Without(told.Lead),
            ["assignee"] = view.Assignee,
            ["reference"] = ReferenceOf(view.Task),
            ["correlationId"] = view.CorrelationId,
        });

    private static JsonObject Filled(JsonObject values)
    {
        foreach (var name in NoticeTemplates.Names)
        {
            values[name] = values[name]?.DeepClone() ?? "";
        }

        return values;
    }

    private static string Time(HumanTask task, DateTimeOffset at, NoticeTexts texts) =>
        ForPeople.Moment(at, Moments.ZoneOf(task.Question.TimeZone), texts.Culture);

    /// <summary>Returns a reference that distinguishes emails without a title in the subject.</summary>
    private static string ReferenceOf(HumanTask task) => task.RunId[^ReferenceLength..];

    private static string TitleOf(HumanTask task, NoticeTexts texts) => OneLine(task.Question.TitleIn(texts.Culture.Name));

    /// <summary>A plain body: clients show each of its paragraphs in the direction that it begins with, and some show isolates as boxes.</summary>
    private static string? Plain(string? text) => text is null ? null : Isolates.Without(text);

    /// <summary>Titles that are in another language than the email; null for none.</summary>
    private static Dictionary<string, string>? ForeignTitles(IEnumerable<HumanTask> tasks, NoticeTexts texts)
    {
        Dictionary<string, string> foreign = new(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            if (task.Question.SpokenTitle(texts.Culture.Name) is { Language: { } language } && language != texts.Culture.Name)
            {
                foreign[Isolates.Without(TitleOf(task, texts))] = language;
            }
        }

        return foreign.Count == 0 ? null : foreign;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Paragraphs(IEnumerable<string> paragraphs) =>
        new StringBuilder().AppendJoin("\n\n", paragraphs).ToString();

    /// <summary>The subject and opening of a notice.</summary>
    private sealed record Told(string Subject, string Lead, string? By = null, string? Reason = null)
    {
        public static Told Of(TaskView view, Notice notice, RunEnvironment environment, NoticeTexts texts)
        {
            var task = view.Task;
            var subject = texts[$"{notice.Kind}Subject"];
            switch (notice.Kind)
            {
                case NoticeKind.Overdue:
                    return new Told(subject, texts.Get("OverdueLead", view.Assignee ?? environment.DisplayName));
                case NoticeKind.Outcome or NoticeKind.Expired:
                    var by = task.History.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected)?.By;
                    return task.State switch
                    {
                        TaskState.Completed { Defaulted: true } => new Told(subject, texts["OutcomeSilent"], Reason: task.Schedule.Plan?.Default?.Reason),
                        TaskState.Rejected { Defaulted: true } rejected => new Told(subject, texts["OutcomeSilentRejected"], Reason: rejected.Reason),
                        TaskState.Rejected rejected => new Told(subject, texts.Get("OutcomeRejected", rejected.By ?? by ?? texts["Somebody"]), rejected.By ?? by, rejected.Reason),
                        TaskState.Cancelled cancelled => new Told(subject, texts["OutcomeCancelled"], Reason: cancelled.Reason),
                        TaskState.Completed => new Told(subject, texts.Get("OutcomeAnswered", by ?? texts["Somebody"]), by),
                        _ => new Told(subject, texts["ExpiredLead"]),
                    };
                default:
                    return new Told(subject, texts[$"{notice.Kind}Lead"]);
            }
        }
    }
}
