using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>A long form in a real browser, in languages that look unlike each other: page by page, with rows, a picture and a name under it.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class AnsweringInOtherLanguages(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const string Form = """
        { "pages": [
            { "title": { "en": "The order", "de": "Die Bestellung", "ar": "الطلب", "ja": "注文" }, "fields": [
                { "name": "note", "type": "display", "markdown": "**R-2026-117**" },
                { "name": "items", "type": "table", "minRows": 1, "maxRows": 5, "label": { "en": "Items", "de": "Posten", "ar": "البنود", "ja": "品目" }, "value": "{{lines}}", "fields": [
                    { "name": "what", "type": "text", "required": true, "label": { "en": "What", "de": "Was", "ar": "ماذا", "ja": "品名" } },
                    { "name": "count", "type": "integer", "min": 1, "label": { "en": "Count", "de": "Anzahl", "ar": "العدد", "ja": "数量" } }] }] },
            { "title": { "en": "Consent", "de": "Zustimmung", "ar": "الموافقة", "ja": "同意" }, "fields": [
                { "name": "picture", "type": "display", "label": "R-2026-117", "value": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==" },
                { "name": "day", "type": "date", "label": { "en": "Day", "de": "Tag", "ar": "اليوم", "ja": "日付" } },
                { "name": "sign", "type": "signature", "required": true, "label": { "en": "Your name", "de": "Ihr Name", "ar": "اسمك", "ja": "お名前" },
                  "consent": { "en": "I order this.", "de": "Ich bestelle das.", "ar": "أطلب هذا.", "ja": "これを注文します。" } }] }] }
        """;

    [BrowserTheory]
    [InlineData("de", ColorScheme.Light)]
    [InlineData("ar", ColorScheme.Dark)]
    [InlineData("ja", ColorScheme.Light)]
    public async Task From_the_first_page_to_the_receipt(string language, ColorScheme colours)
    {
        var asked = Steps.Asked((await host.Api.PostAsync("/api/interventions", $$"""
            { "title": { "en": "Order", "de": "Bestellung prüfen", "ar": "راجع الطلب", "ja": "注文の確認" }, "description": { "en": "Please.", "de": "Bitte prüfen.", "ar": "من فضلك.", "ja": "お願いします。" },
              "form": {{Form}}, "context": { "lines": [{ "what": "Papier", "count": 1250 }, { "what": "インク" }] }, "language": "{{language}}",
              "continuation": { "webhook": "https://example.com/x" }, "maxUses": 2 }
            """)).Is(201));
        await using var phone = await chromium.PhoneAsync(colours);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(new Uri(host.Address, asked.Path).ToString());
        await LookAsync(tab, $"1-{language}");

        await tab.Locator("#add-items").ClickAsync();
        await Assertions.Expect(tab.Locator(".row").Nth(2)).ToBeFocusedAsync();
        await tab.Locator("[name='items.2.what']").FillAsync("Neu");
        await tab.Locator("[name=_rows][value='remove:items:0']").ClickAsync();
        await Assertions.Expect(tab.Locator("[name='items.0.what']")).ToHaveValueAsync("インク");
        await tab.Locator("[name='items.1.count']").FillAsync("0");
        await tab.Locator("[name='items.1.count']").PressAsync("Enter"); // goes on, and takes no row away
        await Assertions.Expect(tab.Locator("#problems")).ToBeFocusedAsync();
        await Assertions.Expect(tab.Locator("[name='items.0.what']")).ToHaveValueAsync("インク");
        await LookAsync(tab, $"2-{language}");
        await tab.Locator("[name='items.1.count']").FillAsync("3");
        await tab.Locator("button.main[value=next]").ClickAsync();

        await Assertions.Expect(tab.Locator(".progress h2")).ToBeFocusedAsync();
        await tab.Locator("#f-sign").FillAsync("Kim Lee");
        await LookAsync(tab, $"3-{language}");
        await tab.Locator("button.main[value=next]").ClickAsync();
        await Assertions.Expect(tab.Locator(".summary").First).ToBeVisibleAsync();
        await LookAsync(tab, $"4-{language}");

        await tab.Locator(".languages summary").ClickAsync();
        await LookAsync(tab, $"5-{language}");
        await tab.Locator("button.main").ClickAsync();
        await Assertions.Expect(tab.Locator(".safe")).ToBeVisibleAsync();
        await LookAsync(tab, $"6-{language}");
        await tab.Locator("a[href$='receipt.html']").ClickAsync();
        await LookAsync(tab, $"7-{language}");
    }

    [BrowserFact]
    public async Task Another_language_is_chosen_on_the_page_and_nothing_that_was_typed_is_lost()
    {
        var asked = Steps.Asked((await host.Api.PostAsync("/api/interventions", """
            { "title": "Look", "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] }, "continuation": { "webhook": "https://example.com/x" } }
            """)).Is(201));
        await using var phone = await chromium.PhoneAsync();
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(new Uri(host.Address, asked.Path).ToString());
        await tab.GetByLabel("Note").FillAsync("typed");

        await tab.Locator(".languages summary").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Français" }).ClickAsync();

        await Assertions.Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Envoyer la réponse" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByLabel("Note")).ToHaveValueAsync("typed");
    }

    private static async Task LookAsync(IPage tab, string name)
    {
        if (Environment.GetEnvironmentVariable("HUMANTASKS_PICTURES") is { Length: > 0 } folder)
        {
            await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"language-{name}.png"), FullPage = true });
        }

        Assert.True(await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), $"{name} is wider than the screen.");
        if (!name.EndsWith("-ar", StringComparison.Ordinal))
        {
            return; // the same page in other words
        }

        var axe = await tab.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(axe.Violations.Length == 0, $"{name}: {string.Join(", ", axe.Violations.Select(one => $"{one.Id} {string.Join(' ', one.Nodes.Select(node => node.Html))}"))}");
    }
}
