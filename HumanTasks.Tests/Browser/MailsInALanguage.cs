using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using HumanTasks.Tests.Storage;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Mail;
using Moq;

namespace HumanTasks.Tests.Browser;

/// <summary>Every kind of email in one language.</summary>
internal static class MailsInALanguage
{
    private const string Link = "https://tasks.example/task/ht1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <param name="language">Of the emails.</param>
    /// <param name="spell">How what authors and people write is spelled; as it stands here without it.</param>
    public static async Task<IReadOnlyList<(string Name, string Subject, MailBody Mail)>> OfAsync(string language, Func<string, string>? spell = null)
    {
        spell ??= static text => text;
        var acme = new RunEnvironment("acme", spell("Acme & Sons"), Tier.Dedicated, null, TimeSpan.FromDays(30), true) { Language = language };
        var documents = new Mock<IDocumentStore>();
        documents
            .Setup(store => store.FindAsync("branding", "acme", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Document("branding", "acme", JsonSerializer.SerializeToUtf8Bytes(
                new BrandSettings { Footer = spell("Acme & Sons GmbH, Hafenstraße 7, Hamburg"), Imprint = "https://acme.example/imprint" }, BrandJson.Default.BrandSettings)));
        var environments = new EnvironmentCatalog([acme]);
        var bodies = new MailBodies(new Brands(documents.Object, environments, TimeProvider.System), environments);
        var writer = new NoticeWriter(NoticeTemplates.None);
        List<(string Name, Email Email)> emails = [];
        using (new SpokenCulture(language))
        {
            emails.Add(("code-task", writer.WriteCode("ann@example.com", "123456", acme, "c-1")));
            emails.Add(("code-sign-in", writer.WriteCode("ann@example.com", "123456", null, "c-1")));
        }

        var task = TaskView.Of(Sample.Task(Sample.Run())
            .Asks(question => question with { Title = spell("Approve invoice R-2026-117 of Meyer & Söhne"), Language = language })
            .For("ann@example.com")
            .Due(Sample.Start.AddHours(8)) with
        {
            RunId = "01j9z3k4m5n6p7q8r9s0t1v2w3", // its end stands in subjects
            Kind = TaskKind.HumanTask,
        });
        emails.AddRange(Enum.GetValues<NoticeKind>().Select(kind => (kind.ToString(), writer.Write(task, Of(kind, spell), acme, Link))));
        emails.AddRange(Outcomes(task.Task, spell).Select(outcome => (outcome.Name, writer.Write(TaskView.Of(outcome.Task), Of(NoticeKind.Outcome, spell), acme, Link))));
        emails.Add(("list", NoticeWriter.WriteList("ann@example.com", acme, 5, [(task, Of(NoticeKind.Assigned, spell), Link), (task, Of(NoticeKind.Overdue, spell), Link)])));
        List<(string, string, MailBody)> mails = [];
        foreach (var (name, email) in emails)
        {
            mails.Add((name, email.Subject, await bodies.OfAsync(email, default)));
        }

        return mails;
    }

    private static IEnumerable<(string Name, HumanTask Task)> Outcomes(HumanTask task, Func<string, string> spell) =>
    [
        ("Outcome-answered", task.Changed(Sample.Start, TaskEventKind.Answered, "bob@example.com") with { State = new TaskState.Completed() }),
        ("Outcome-rejected", task with { State = new TaskState.Rejected("bob@example.com", spell("Ordered twice")) }),
        ("Outcome-cancelled", task with { State = new TaskState.Cancelled(spell("Ordered twice")) }),
        ("Outcome-default", task with { State = new TaskState.Completed { Defaulted = true } }),
        ("Outcome-default-rejected", task with { State = new TaskState.Rejected(null, spell("Ordered twice")) { Defaulted = true } }),
    ];

    private static Notice Of(NoticeKind kind, Func<string, string> spell) => new(kind, 1, default) { Note = kind == NoticeKind.Delegated ? spell("You know the supplier.") : null };

    /// <summary>The code's email is in the language of the page on which it was asked for.</summary>
    private sealed class SpokenCulture : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentUICulture;

        public SpokenCulture(string language) => CultureInfo.CurrentUICulture = Languages.CultureOf(language);

        public void Dispose() => CultureInfo.CurrentUICulture = before;
    }
}
