using System.Text;
using System.Text.RegularExpressions;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>
/// Every page of responders on the narrowest phone, with words that break nowhere: compounds, file names, hashes, addresses,
/// wide tables and long labels. Nobody scrolls sideways, and no text leaves its button.
/// </summary>
[Trait("Category", BrowserSuite.Name)]
public sealed partial class FittingTheScreen(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const int Width = 320;
    private const string Compound = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Name = "2026-11-29_Abrechnung_Nebenkosten_Hauptgebaeude_final_v3_unterschrieben.pdf";
    private const string Address = "https://files.example.com/share/4f1b2b0b822cd15d6c15b0f00a08/invoices/2026/november/original?version=17";

    private const string Form = $$$"""
        { "fields": [
            { "name": "shown", "type": "display", "markdown": "| Position | Beschreibung | Menge | Einzelpreis | {{{Compound}}} |\n|---|---|---|---|---|\n| 1 | {{{Name}}} | 12 | 75.50 | {{{Hash}}} |\n\n    {{{Hash}}}{{{Hash}}}\n\n`{{{Hash}}}` <{{{Address}}}>\n\n# {{{Compound}}}" },
            { "name": "radio", "type": "choice", "label": "{{{Compound}}}", "required": true, "help": "{{{Hash}}}",
              "options": [{ "value": "a", "label": "{{{Name}}}" }, { "value": "b", "label": "{{{Hash}}}" }] },
            { "name": "buttons", "type": "choice", "label": "Buttons", "display": "buttons", "options": [{ "value": "a", "label": "{{{Address}}}" }, { "value": "b", "label": "{{{Compound}}}" }] },
            { "name": "drop", "type": "choice", "label": "Dropdown", "display": "dropdown", "options": [{ "value": "a", "label": "{{{Address}}}" }] },
            { "name": "multi", "type": "multiChoice", "label": "{{{Hash}}}", "options": [{ "value": "a", "label": "{{{Address}}}" }, { "value": "b", "label": "B" }] },
            { "name": "agree", "type": "boolean", "label": "{{{Compound}}}" },
            { "name": "file", "type": "file", "label": "{{{Name}}}", "multiple": true, "maxFiles": 3 },
            { "name": "fixed", "type": "text", "label": "Fixed", "value": "{{{Hash}}}", "readOnly": true },
            { "name": "lines", "type": "table", "label": "{{{Compound}}}", "maxRows": 9, "value": "{{lines}}", "fields": [
                { "name": "sku", "type": "text", "label": "{{{Compound}}}" }, { "name": "text", "type": "text", "label": "Beschreibung" },
                { "name": "count", "type": "integer", "label": "Menge" }, { "name": "price", "type": "number", "label": "Einzelpreis" },
                { "name": "kind", "type": "choice", "label": "{{{Hash}}}", "display": "dropdown", "options": [{ "value": "a", "label": "{{{Name}}}" }] },
                { "name": "day", "type": "date", "label": "Lieferdatum" }] },
            { "name": "sign", "type": "signature", "label": "{{{Compound}}}", "consent": "{{{Address}}}" } ],
          "submitLabel": "{{{Compound}}} absenden" }
        """;

    private const string Context = $$"""
        "show": ["*"], "context": { "{{Hash}}": "{{Address}}", "short": "{{Hash}}", "files": ["{{Name}}", "{{Address}}"], "deep": { "{{Compound}}": { "x": "{{Hash}}" } },
          "lines": [{ "sku": "{{Hash}}", "text": "{{Compound}}", "count": 1250, "price": 12.5, "kind": "a", "day": "2026-12-01" }, { "sku": "B-2", "text": "{{Name}}" }] },
        """;

    [BrowserFact]
    public async Task No_page_is_wider_than_a_phone_of_320_pixels_whatever_words_are_on_it()
    {
        List<string> wide = [];
        foreach (var state in (PageState[])[.. await HostileAsync(), .. await PagesInALanguage.OfAsync(host, Hostile)])
        {
            await using var phone = await chromium.AtAsync(Width, 640, ColorScheme.Light);
            await phone.AddCookiesAsync([CookieOf("ht-lang=de", "/"), .. state.Cookie is { } cookie ? [CookieOf(cookie, state.CookiePath)] : Array.Empty<Cookie>()]);
            var tab = await phone.NewPageAsync();
            tab.SetDefaultTimeout(5_000);
            await tab.GotoAsync(new Uri(host.Address, state.Path).ToString());
            try
            {
                await (state.Act?.Invoke(tab) ?? Task.CompletedTask);
                await tab.WaitForLoadStateAsync(LoadState.NetworkIdle);
            }
            catch (TimeoutException nothing)
            {
                wide.Add($"{state.Name}: {nothing.Message.Split('\n')[0]}"); // something lies over what is pressed
            }

            wide.AddRange((await tab.EvaluateAsync<string[]>(TooWide)).Select(what => $"{state.Name}: {what}"));
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    /// <summary>What stands beyond the screen, and buttons that do not hold their texts. Boxes that scroll by themselves may.</summary>
    private const string TooWide = """
        () => {
            document.querySelectorAll('main details').forEach(one => { one.open = true; });
            const found = [];
            if (document.documentElement.scrollWidth > 320) {
                found.push(`${document.documentElement.scrollWidth} px wide`);
                const scrolls = one => one && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
                for (const one of document.querySelectorAll('body *')) {
                    const box = one.getBoundingClientRect();
                    if ((box.right > 321 || box.left < -1) && !one.children.length && !scrolls(one.parentElement)) found.push(one.outerHTML.slice(0, 160));
                }
            }
            for (const button of document.querySelectorAll('button:not(.visually-hidden), .button, .option')) {
                if (button.scrollWidth > button.clientWidth + 1) found.push(`leaves its button: ${button.outerHTML.slice(0, 160)}`);
            }
            return found.slice(0, 6);
        }
        """;

    private async Task<IReadOnlyList<PageState>> HostileAsync()
    {
        async Task<Asked> AskAsync(string form = Form) => Steps.Asked((await host.Api.PostAsync("/api/interventions", $$"""
            { "title": "{{Compound}} {{Name}}", "form": {{form}}, {{Context}} "description": "| Position | Beschreibung | Menge | Einzelpreis | {{Compound}} |\n|---|---|---|---|---|\n| 1 | {{Name}} | 12 | 75.50 | {{Hash}} |",
              "continuation": { "webhook": "https://example.com/x" }, "maxUses": 2 }
            """)).Is(201));
        var form = await AskAsync();
        var sent = await AskAsync();
        var cancelled = await AskAsync();
        var paged = await AskAsync(Form.Replace("{ \"fields\": [\n    { \"name\": \"shown\"", "{ \"pages\": [{ \"title\": \"" + Compound + "\", \"fields\": [\n    { \"name\": \"shown\"", StringComparison.Ordinal)
            .Replace("],\n  \"submitLabel\"", "] }],\n  \"submitLabel\"", StringComparison.Ordinal));
        var answered = (await host.Anybody.SubmitAsync(sent.Path, $$"""
            { "radio": "b", "multi": ["a"], "lines": [{ "sku": "{{Hash}}", "text": "{{Compound}}", "count": 3, "kind": "a" }], "sign": "{{Compound}}" }
            """)).Is(200).Text("/responseId");
        var file = new FilePayload { Name = Name, MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("%PDF-1.7") };
        return
        [
            new("hostile", form.Path),
            new("hostile-errors", form.Path, Act: async tab =>
            {
                await tab.SetInputFilesAsync("[type=file]", file);
                await tab.ClickAsync("#form button.main");
                await tab.WaitForSelectorAsync("#problems");
            }),
            new("hostile-summary", paged.Path, Act: async tab =>
            {
                await tab.CheckAsync("[name=radio][value=b]");
                await tab.SetInputFilesAsync("[type=file]", file);
                await tab.ClickAsync("#form button.main");
                await tab.WaitForSelectorAsync(".summary");
            }),
            new("hostile-receipt", $"{sent.Path}/responses/{answered}"),
            new("hostile-receipt-print", $"{sent.Path}/responses/{answered}/receipt.html"),
            new("hostile-unsent", cancelled.Path, Act: async tab =>
            {
                await tab.CheckAsync("[name=radio][value=b]");
                (await host.Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);
                await tab.ClickAsync("#form button.main");
                await tab.WaitForSelectorAsync(".unsent");
            }),
        ];
    }

    /// <summary>Texts for people with words that break nowhere; names of members, templates and addresses stay.</summary>
    private static string Hostile(string text) => text.Contains('{', StringComparison.Ordinal)
        ? ForPeople().Replace(text, member => $"{member.Groups[1].Value}{member.Groups[2].Value} {(member.Groups[1].Value.Contains("title", StringComparison.Ordinal) ? Compound : Hash)}\"")
        : $"{text} {Compound}";

    private Cookie CookieOf(string cookie, string path)
    {
        var parts = cookie.Split('=', 2);
        return new Cookie { Name = parts[0], Value = parts[1], Domain = host.Address.Host, Path = path };
    }

    [GeneratedRegex("(\"(?:title|description|label|consent|help|text|reason|supplier|article)\": \")([^\"]*)\"")]
    private static partial Regex ForPeople();
}
