using System.Text.Json;
using HumanTasks.Core.Texts;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Forms;
using HumanTasks.Tests.Hosting;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The script of a page reads numbers as the server does, so that a condition never hides what the server asks for.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class TypingNumbersInABrowser(Deployment deployment, Chromium chromium)
{
    private const string Form = """
        { "fields": [
          { "name": "n", "type": "number", "label": "Amount" },
          { "name": "rows", "type": "table", "label": "Rows", "fields": [{ "name": "m", "type": "integer", "label": "Count" }] },
          { "name": "why", "type": "text", "label": "Why", "required": true, "visibleWhen": { "field": "n", "op": "gt", "value": 1000 } },
          { "name": "many", "type": "text", "label": "So many", "required": true, "visibleWhen": { "field": "rows.0.m", "op": "ge", "value": 1000 } }] }
        """;

    [BrowserFact]
    public async Task It_reads_each_as_the_server_does_in_every_language()
    {
        var asked = await deployment.Api.InterveneAsync(form: Form);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        foreach (var language in Languages.All)
        {
            await tab.GotoAsync(At(asked, language));
            var rows = TypedNumbers.All.Where(row => row.Languages.Contains(language)).ToArray();

            var read = await tab.EvaluateAsync<double?[]>(
                """
                async rows => {
                    const { readNumber } = await import(document.querySelector('script[src*="/form."]').src);
                    const table = JSON.parse(document.querySelector('#form').dataset.numbers);
                    return JSON.parse(rows).map(row => readNumber(row.typed, table, row.thousandths) ?? null);
                }
                """,
                JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));

            Assert.All(rows.Zip(read), pair => Assert.True(
                pair.Second == (pair.First.Numbers is [var only] ? (double)only : null), $"'{pair.First.Typed}' is {pair.Second} in {language}."));
        }
    }

    [BrowserTheory]
    [InlineData("en", "1,500.00")]
    [InlineData("en", "1 500")]
    [InlineData("en", "1'500")]
    [InlineData("en", "1 500,00")]
    [InlineData("de", "1.500,00")]
    [InlineData("fr", "1\u202f500")]
    public async Task What_a_number_makes_necessary_is_asked_for_at_once(string language, string typed)
    {
        var asked = await deployment.Api.InterveneAsync(form: Form);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At(asked, language));
        await Assertions.Expect(tab.GetByLabel("Why")).ToBeHiddenAsync();

        await tab.GetByLabel("Amount").FillAsync(typed);
        await Assertions.Expect(tab.GetByLabel("Why")).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByLabel("So many")).ToBeHiddenAsync();
        await tab.GetByLabel("Count").FillAsync("1000");
        await Assertions.Expect(tab.GetByLabel("So many")).ToBeVisibleAsync();
        await tab.Locator("#form button.main").Last.ClickAsync();

        await Assertions.Expect(tab.Locator("#problems a")).ToHaveCountAsync(2);
        await tab.GetByLabel("Why").FillAsync("because");
        await tab.GetByLabel("So many").FillAsync("because");
        await tab.Locator("#form button.main").Last.ClickAsync();
        await Assertions.Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/responses/"));
        Assert.Equal(1500, (await deployment.Api.TaskAsync(asked.TaskId))["/responses/0/values"]!.AsObject()["n"]!.GetValue<decimal>());
    }

    [BrowserFact]
    public async Task A_condition_over_a_field_of_an_earlier_page_holds_on_a_later_one()
    {
        var asked = await deployment.Api.InterveneAsync(form: """
            { "pages": [{ "title": "One", "fields": [{ "name": "n", "type": "number", "label": "Amount" }] },
                        { "title": "Two", "fields": [{ "name": "m", "type": "text", "label": "More" },
                          { "name": "why", "type": "text", "label": "Why", "required": true, "visibleWhen": { "field": "n", "op": "gt", "value": 1000 } }] }] }
            """);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At(asked, "en"));

        await tab.GetByLabel("Amount").FillAsync("1,500");
        await tab.Locator("button.main[value=next]").ClickAsync();

        await Assertions.Expect(tab.GetByLabel("More")).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByLabel("Why")).ToBeVisibleAsync();
    }

    private string At(Asked asked, string language) => new Uri(deployment.Address, $"{asked.Path}?lang={language}").ToString();
}
