using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Expressions;
using HumanTasks.Tests.Forms;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Review.Submissions;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The script of a page shows and hides what the server asks for, whatever somebody types.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class ConditionsInABrowser(Deployment deployment, Chromium chromium)
{
    public static TheoryData<string> Zones => [.. ConditionsOnMoments.Zones];

    [BrowserTheory]
    [MemberData(nameof(Zones))]
    public async Task Every_condition_holds_in_the_browser_as_on_the_server(string zone)
    {
        var asked = await deployment.Api.InterveneAsync($"\"timeZone\": \"{zone}\",", ConditionsOnMoments.Definition);
        var form = Form.Read(Json.Element(ConditionsOnMoments.Definition), zone);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());
        Dictionary<string, IReadOnlyList<string>> typed = new(StringComparer.Ordinal) { ["several"] = ["2027-01-01T00:00:00Z"], ["rows.0.what"] = ["x"] };

        foreach (var (name, text) in ConditionsOnMoments.Typed)
        {
            await tab.Locator($"[id='f-{name}']").FillAsync(text);
            typed[name] = [text];
            var values = Json.Object("{}");
            foreach (var field in form.Fields.Where(field => field is not Field.Table && typed.ContainsKey(field.Name)))
            {
                values[field.Name] = TypedValues.ToValue(field, typed[field.Name]);
            }

            var table = (Field.Table)form.Find("rows")!;
            values["rows"] = new System.Text.Json.Nodes.JsonArray([.. TypedRows.Of(table, typed).Select(row => TypedRows.ToJson(table, row, NumberTable.Of("en")))]);

            var expected = Visibility.Of(form, values).Where(field => field.StartsWith('c') && field != "clock").Order(StringComparer.Ordinal);
            var seen = await tab.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('[data-field^=c]:not([data-hidden])')].map(field => field.dataset.field).filter(name => name !== 'clock')
                """);

            Assert.Equal(
                expected.Select(ConditionsOnMoments.ConditionOf), seen.Order(StringComparer.Ordinal).Select(ConditionsOnMoments.ConditionOf));
        }
    }

    [BrowserFact]
    public async Task It_knows_the_same_blanks_as_the_server()
    {
        var asked = await deployment.Api.InterveneAsync(form: """{ "fields": [{ "name": "note", "type": "text" }] }""");
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());

        var blanks = await tab.EvaluateAsync<int[]>("""
            async () => {
                const { isBlank } = await import(document.querySelector('script[src*="/form."]').src);
                return [...Array(0x110000).keys()].filter(code => isBlank(String.fromCodePoint(code)));
            }
            """);

        Assert.Equal(
            Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF && BlankText.Is(char.ConvertFromUtf32(code))), blanks);
    }

    [BrowserFact]
    public async Task A_moment_that_nobody_changes_is_sent_as_it_was()
    {
        var asked = await deployment.Api.InterveneAsync("\"timeZone\": \"Europe/Berlin\",", """
            { "fields": [{ "name": "d", "type": "dateTime", "label": "When", "value": "2026-10-25T01:30:00Z" },
              { "name": "late", "type": "text", "label": "Late", "visibleWhen": { "field": "d", "op": "ge", "value": "2026-10-25T03:30:00+02:00" } }] }
            """);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());
        await Assertions.Expect(tab.GetByLabel("Late")).ToBeVisibleAsync();
        await tab.GetByLabel("When").FillAsync("2026-10-25T02:31");
        await Assertions.Expect(tab.GetByLabel("Late")).ToBeHiddenAsync();
        await tab.GetByLabel("When").FillAsync("2026-10-25T02:30");
        await Assertions.Expect(tab.GetByLabel("Late")).ToBeVisibleAsync();

        await tab.Locator("#form button.main").Last.ClickAsync();

        await Assertions.Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/responses/"));
        Assert.Equal("2026-10-25T01:30:00Z", (string?)(await deployment.Api.TaskAsync(asked.TaskId))["/responses/0/values"]!["d"]);
    }

    [BrowserFact]
    public async Task A_consent_is_given_by_a_tick()
    {
        var asked = await deployment.Api.InterveneAsync(form: """
            { "fields": [{ "name": "ok", "type": "boolean", "mustBeTrue": true, "label": "I agree" },
              { "name": "more", "type": "text", "label": "More", "visibleWhen": { "field": "ok", "equals": true } }] }
            """);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());
        await Assertions.Expect(tab.GetByLabel("More")).ToBeHiddenAsync();
        await tab.Locator("#form button.main").Last.ClickAsync();
        await Assertions.Expect(tab.Locator("#problems")).ToContainTextAsync("I agree: please tick this box to continue.");

        await tab.GetByLabel("I agree").CheckAsync();
        await Assertions.Expect(tab.GetByLabel("More")).ToBeVisibleAsync();
        await tab.Locator("#form button.main").Last.ClickAsync();

        await Assertions.Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/responses/"));
    }
}
