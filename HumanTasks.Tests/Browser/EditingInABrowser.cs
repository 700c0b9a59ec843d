using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The script of the rule set editor: remarks beside their lines, and edits that are not lost.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class EditingInABrowser(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const string Wrong = "{\n  \"actions\": [\n    { \"type\": \"wait\" }\n  ]\n}";

    [BrowserFact]
    public async Task A_problem_stands_beside_its_line_and_its_link_selects_the_line()
    {
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(new Uri(host.Address, "/studio/default/new-rule-set").ToString());
        await tab.GetByLabel("Name").FillAsync(Steps.Unique("browser"));
        await tab.Locator("#definition").FillAsync(Wrong);

        await Assertions.Expect(tab.Locator(".remarks li").Nth(2)).ToContainTextAsync("Unknown action type 'wait'.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await tab.Locator("#problems a").ClickAsync();

        Assert.Equal("    { \"type\": \"wait\" }", await tab.Locator("#definition").EvaluateAsync<string>("area => area.value.slice(area.selectionStart, area.selectionEnd)"));
        Assert.Equal("definition", await tab.EvaluateAsync<string>("document.activeElement.id"));
    }

    [BrowserFact]
    public async Task Edits_that_were_not_saved_are_asked_about_and_can_be_restored()
    {
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        var asked = 0;
        tab.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.AcceptAsync();
        };
        var name = Steps.Unique("kept");
        (await host.Api.PutAsync($"/api/rule-sets/{name}", """{ "actions": [{ "type": "end" }] }""")).Is(201);
        var page = new Uri(host.Address, $"/studio/default/rule-sets/{name}").ToString();
        await tab.GotoAsync(page);
        await tab.Locator("#definition").ClickAsync();
        await tab.Keyboard.TypeAsync("typed ");

        await tab.GotoAsync(page);
        Assert.Equal(1, asked);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Restore edits" }).ClickAsync();

        await Assertions.Expect(tab.Locator("#definition")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("typed "));
    }

    [BrowserFact]
    public async Task The_preview_comes_back_where_it_was_with_the_edits_of_the_editor()
    {
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        var name = Steps.Unique("shown");
        (await host.Api.PutAsync($"/api/rule-sets/{name}", """
            { "actions": [{ "type": "humanTask", "name": "ask", "title": "Look", "assignee": "ada@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }] }
            """)).Is(201);
        await tab.GotoAsync(new Uri(host.Address, $"/studio/default/rule-sets/{name}").ToString());
        await tab.Locator("#definition").FillAsync((await tab.Locator("#definition").InputValueAsync()).Replace("Look", "Look twice", StringComparison.Ordinal));

        await tab.GetByRole(AriaRole.Button, new() { Name = "Show preview" }).ClickAsync();

        await Assertions.Expect(tab.Locator(".preview-form h3")).ToHaveTextAsync("Look twice");
        Assert.True(await tab.Locator("#preview").EvaluateAsync<bool>("panel => Math.abs(panel.getBoundingClientRect().top) < innerHeight"));
        await Assertions.Expect(tab.Locator("#definition")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Look twice"));
    }

    private async Task<IBrowserContext> SignedInAsync()
    {
        var context = await chromium.AtAsync(1280, 800, ColorScheme.Light);
        var session = (await host.AsAsync("editor")).Session.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = session[0], Value = session[1], Domain = host.Address.Host, Path = "/" }]);
        return context;
    }
}
