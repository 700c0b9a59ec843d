using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>What a reviewer sees of times, bars and receipts once scripts and styles have done their part.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class ReadingAReviewPage(Deployment deployment, Chromium chromium)
{
    private const string Pages = """
        { "pages": [{ "title": "One", "fields": [{ "name": "a", "type": "text", "label": "A" }] }, { "title": "Two", "fields": [{ "name": "b", "type": "text", "label": "B" }] }],
          "submitLabel": "Entscheidung verbindlich senden" }
        """;

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task The_bar_at_the_edge_of_a_phone_is_one_line_and_a_message_stands_above_it(int width)
    {
        var asked = await deployment.Api.InterveneAsync(form: Pages);
        await using var phone = await chromium.AtAsync(width, 640, ColorScheme.Light);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, $"{asked.Path}?lang=de").ToString());
        await IsLowAsync(tab);

        await tab.ClickAsync("#form button.main");
        await Assertions.Expect(tab.Locator("#f-b")).ToBeVisibleAsync();
        await IsLowAsync(tab); // with the way back beside it
        await tab.ClickAsync("#form button.main");
        await Assertions.Expect(tab.Locator(".summary").First).ToBeVisibleAsync();
        await IsLowAsync(tab); // with the author's own long label

        await phone.SetOfflineAsync(true);
        await tab.ClickAsync("#form button.main");
        await Assertions.Expect(tab.Locator("[data-status]")).ToContainTextAsync("Noch nicht gesendet");
        await IsLowAsync(tab);
        await Assertions.Expect(tab.Locator("[data-status]")).ToBeInViewportAsync();
    }

    [BrowserFact]
    public async Task Times_are_rounded_as_people_round_and_all_in_the_zone_of_the_reader()
    {
        var asked = await deployment.Api.InterveneAsync("\"linkExpirationHours\": 47.9,", """{ "fields": [{ "name": "note", "type": "text", "label": "Note" }] }""");
        await using var desk = await chromium.DeskAsync(zone: "Asia/Tokyo");
        var tab = await desk.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());
        await Assertions.Expect(tab.Locator("[data-left]")).ToHaveTextAsync("(in 2 days)");

        await tab.FillAsync("#f-note", "typed");

        await Assertions.Expect(tab.Locator("[data-kept]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^Draft saved: .* Japan Standard Time\.$"));
        await tab.ClickAsync("button[formaction$='/draft']");
        await Assertions.Expect(tab.Locator("main time").First).ToContainTextAsync("Japan Standard Time");
        await Assertions.Expect(tab.Locator("main time").Last).ToContainTextAsync("Japan Standard Time");
    }

    [BrowserFact]
    public async Task A_receipt_is_printed_by_a_button_and_without_its_signature()
    {
        var asked = await deployment.Api.InterveneAsync();
        var answered = (await deployment.Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200).Text("/responseId");
        await using var desk = await chromium.DeskAsync();
        var tab = await desk.NewPageAsync();
        await tab.AddInitScriptAsync("window.print = () => { document.title = 'printed'; }");
        await tab.GotoAsync(new Uri(deployment.Address, $"{asked.Path}/responses/{answered}/receipt.html").ToString());

        await tab.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync();

        await Assertions.Expect(tab).ToHaveTitleAsync("printed");
        await tab.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(tab.Locator(".jws")).ToBeHiddenAsync();
        await Assertions.Expect(tab.GetByText(asked.CorrelationId).First).ToBeVisibleAsync();
    }

    private static async Task IsLowAsync(IPage tab) =>
        Assert.InRange((await tab.Locator("#form > .actions").BoundingBoxAsync())!.Height, 40, 72);
}
