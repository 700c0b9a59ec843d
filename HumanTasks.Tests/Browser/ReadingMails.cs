using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Branding;
using HumanTasks.Tests.Storage;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Mail;
using Microsoft.Playwright;
using Moq;

namespace HumanTasks.Tests.Browser;

/// <summary>Every mail as a client shows it on a phone: readable in light and dark, nothing fetched, nothing beside the screen.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class ReadingMails(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>A mail is headed by its subject, which its client shows.</summary>
    private static readonly AxeRunOptions AMail = new()
    {
        ResultTypes = [ResultType.Violations],
        Rules = new Dictionary<string, RuleOptions> { ["page-has-heading-one"] = new() { Enabled = false } },
    };

    private static readonly RunEnvironment Acme = new("acme", "Acme & Sons", Tier.Dedicated, null, TimeSpan.FromDays(30), true);

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Each_kind_is_read_at_390_points(ColorScheme colours)
    {
        var mails = await MailsAsync();
        await using var phone = await chromium.PhoneAsync(colours);
        var tab = await phone.NewPageAsync();
        List<string> fetched = [];
        tab.Request += (_, request) => fetched.Add(request.Url);
        foreach (var (name, mail) in mails)
        {
            await tab.SetContentAsync(mail.Html.Replace($"cid:{MailBody.LogoId}", $"data:image/png;base64,{Convert.ToBase64String(SomePng.With())}", StringComparison.Ordinal));

            Assert.True(await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), $"{name} is wider than the screen.");
            if (name is "Delegated-en" or "Assigned-ar") // the others have the same parts and fewer of them
            {
                var axe = await tab.RunAxe(AMail);
                Assert.True(axe.Violations.Length == 0, $"{name}: {string.Join(", ", axe.Violations.Select(violation => violation.Id))}");
            }

            if (Environment.GetEnvironmentVariable("HUMANTASKS_PICTURES") is { Length: > 0 } folder)
            {
                await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"mail-{name}-{colours}.png"), FullPage = true });
            }
        }

        Assert.All(fetched, url => Assert.StartsWith("data:", url, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<(string Name, MailBody Mail)>> MailsAsync()
    {
        var documents = new Mock<IDocumentStore>();
        var settings = new BrandSettings
        {
            Accent = "#0f766e",
            Footer = "Acme & Sons GmbH, Hafenstraße 7, Hamburg",
            Imprint = "https://acme.example/imprint",
            Logo = SomePng.With(),
            LogoType = LogoImage.Png,
        };
        documents
            .Setup(store => store.FindAsync("branding", "acme", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Document("branding", "acme", JsonSerializer.SerializeToUtf8Bytes(settings, BrandJson.Default.BrandSettings)));
        var environments = new EnvironmentCatalog([Acme]);
        var bodies = new MailBodies(new Brands(documents.Object, environments, TimeProvider.System), environments);
        var writer = new NoticeWriter(NoticeTemplates.None);
        List<(string, MailBody)> mails = [("code", await bodies.OfAsync(writer.WriteCode("ann@example.com", "123456", Acme, "c-1"), default))];
        foreach (var language in (string[])["en", "de", "ar", "ja"])
        {
            foreach (var kind in language == "en" ? Enum.GetValues<NoticeKind>() : [NoticeKind.Assigned])
            {
                const string title = "Approve the invoice R-2026-117 of Meyer & Söhne, Donaudampfschifffahrtsgesellschaft";
                var task = Sample.Task(Sample.Run())
                    .Asks(question => question with { Title = title, Language = language })
                    .For("ann@example.com")
                    .Due(Sample.Start.AddHours(8)) with
                {
                    Kind = TaskKind.HumanTask,
                };
                var notice = new Notice(kind, 1, default) { Note = kind == NoticeKind.Delegated ? "You know the supplier.\nPlease look." : null };
                var link = "https://tasks.example/task/" + new string('A', 130);
                mails.Add(($"{kind}-{language}", await bodies.OfAsync(writer.Write(TaskView.Of(task), notice, Acme, link), default)));
            }
        }

        return mails;
    }
}
