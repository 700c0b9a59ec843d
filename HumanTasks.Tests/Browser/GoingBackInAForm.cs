using System.Text.RegularExpressions;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The browser's way back through a form of several pages, with and without scripts and cookies.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class GoingBackInAForm(Deployment deployment, Chromium chromium)
{
    private const string Pages = """
        { "pages": [
            { "title": "You", "fields": [{ "name": "name", "type": "text", "label": "Name", "required": true }] },
            { "title": "Trip", "fields": [{ "name": "days", "type": "integer", "label": "Days", "required": true }] },
            { "title": "End", "fields": [{ "name": "note", "type": "text", "label": "Note" }] }] }
        """;

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_way_back_leads_to_the_step_before_and_never_off_the_form(bool scripts)
    {
        var asked = await deployment.Api.InterveneAsync(form: Pages);
        var address = new Uri(deployment.Address, asked.Path).ToString();
        await using var phone = await chromium.PhoneAsync(scripts: scripts);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(address);
        await IsAtAsync(tab, "You");
        await NextAsync(tab);
        await Assertions.Expect(tab.Locator("#problems")).ToBeVisibleAsync(); // what was wrong is no step of its own
        await tab.FillAsync("#f-name", "Kim");
        await NextAsync(tab);
        await IsAtAsync(tab, "Trip");
        await Assertions.Expect(tab.Locator(".progress h2")).ToBeFocusedAsync();
        await tab.FillAsync("#f-days", "5");
        await NextAsync(tab);
        await IsAtAsync(tab, "End");
        if (scripts)
        {
            await tab.FillAsync("#f-note", "typed here, and not sent yet");
        }

        await tab.GoBackAsync();
        await IsAtAsync(tab, "Trip");
        await Assertions.Expect(tab.Locator("#f-days")).ToHaveValueAsync("5");
        await tab.GoBackAsync();
        await IsAtAsync(tab, "You");
        await Assertions.Expect(tab.Locator("#f-name")).ToHaveValueAsync("Kim");
        await tab.GoForwardAsync();
        await IsAtAsync(tab, "Trip");
        await tab.GoForwardAsync();
        await IsAtAsync(tab, "End");
        if (scripts)
        {
            await Assertions.Expect(tab.Locator("#f-note")).ToHaveValueAsync("typed here, and not sent yet");
        }

        await tab.ReloadAsync();
        await IsAtAsync(tab, "End");
        var other = await phone.NewPageAsync();
        await other.GotoAsync(address);
        await IsAtAsync(other, "End"); // where it was left
        await other.GoBackAsync();
        Assert.Equal("about:blank", other.Url); // and from there the way back leads to where the link was

        await NextAsync(tab);
        await tab.ClickAsync("#form .actions button.main");
        await Assertions.Expect(tab).ToHaveURLAsync(new Regex("/responses/"));
        Assert.Equal("Kim", (await deployment.Api.TaskAsync(asked.TaskId)).Text("/responses/0/values/name"));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_that_blocks_all_cookies_is_told_so_and_its_answer_is_taken(bool scripts)
    {
        var asked = await deployment.Api.InterveneAsync("\"maxUses\": 2,", Pages);
        await using var phone = await chromium.WithoutCookiesAsync(scripts);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(new Uri(deployment.Address, asked.Path).ToString());
        await Assertions.Expect(tab.GetByText("Your browser blocks cookies")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Locator("button[formaction$='/draft']")).ToBeHiddenAsync();

        await tab.FillAsync("#f-name", "Kim");
        await NextAsync(tab);
        await IsAtAsync(tab, "Trip");
        await tab.FillAsync("#f-days", "5");
        if (scripts)
        {
            await tab.GoBackAsync();
            await IsAtAsync(tab, "You");
            await tab.GoForwardAsync();
            await IsAtAsync(tab, "Trip");
            await Assertions.Expect(tab.Locator("#f-days")).ToHaveValueAsync("5");
        }

        await NextAsync(tab);
        await IsAtAsync(tab, "End");
        await NextAsync(tab);
        await IsAtAsync(tab, "Check your answers");
        await tab.ClickAsync("#form .actions button.main");

        await Assertions.Expect(tab).ToHaveURLAsync(new Regex("/responses/"));
        Assert.Equal("Kim", (await deployment.Api.TaskAsync(asked.TaskId)).Text("/responses/0/values/name"));
    }

    private static Task NextAsync(IPage tab) => tab.ClickAsync("#form .actions [name=_go][value=next]");

    private static Task IsAtAsync(IPage tab, string title) => Assertions.Expect(tab.Locator(".progress h2")).ToHaveTextAsync(title);
}
