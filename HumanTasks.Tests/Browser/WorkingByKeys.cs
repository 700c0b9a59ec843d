using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Shortcuts of the keyboard in the Studio, and menus that close.</summary>
public class WorkingByKeys(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private ApiClient Api => host.Api;

    [BrowserFact]
    public async Task A_list_is_searched_walked_selected_and_opened_by_keys_and_a_response_is_sent_by_them()
    {
        var word = Steps.Unique("keys");
        var ids = await AskAsync(word, 3);
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks?status=pending&sort=createdAt&q={word}"));

        await tab.Keyboard.PressAsync("j");
        await Assertions.Expect(Row(tab, $"{word} 0")).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("j");
        await tab.Keyboard.PressAsync("j");
        await tab.Keyboard.PressAsync("k");
        await Assertions.Expect(Row(tab, $"{word} 1")).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("x");
        await Assertions.Expect(tab.GetByLabel($"Select {word} 1")).ToBeCheckedAsync();
        await tab.Keyboard.PressAsync("x");
        await tab.Keyboard.PressAsync("/");
        await Assertions.Expect(tab.Locator("#search")).ToBeFocusedAsync();
        await Row(tab, $"{word} 1").FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{word} 1");

        await tab.Keyboard.PressAsync("k");
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{word} 0");
        await tab.GetByLabel("Note").FillAsync("jk");
        await tab.Keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{word} 1");
        Assert.Equal("jk", (await Api.TaskAsync(ids[0])).Text("/responses/0/values/note"));
    }

    [BrowserFact]
    public async Task Keys_that_are_typed_into_a_field_are_text()
    {
        var word = Steps.Unique("typed");
        var ids = await AskAsync(word, 2);
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks/{ids[0]}?status=pending&sort=createdAt&q={word}"));

        await tab.GetByLabel("Note").FocusAsync();
        await tab.Keyboard.TypeAsync("jkx/?");

        await Assertions.Expect(tab.GetByLabel("Note")).ToHaveValueAsync("jkx/?");
        await Assertions.Expect(tab.Locator("dialog")).ToBeHiddenAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{word} 0");
    }

    [BrowserFact]
    public async Task The_sheet_opens_by_a_key_and_by_its_button_and_switches_single_keys_off_for_the_browser()
    {
        await AskAsync(Steps.Unique("sheet"), 1);
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At("/studio/default/tasks?status=pending"));

        await tab.Keyboard.PressAsync("?");
        await Assertions.Expect(tab.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        Assert.Empty((await tab.RunAxe()).Violations);
        await tab.GetByLabel("Use shortcuts of a single key").UncheckAsync();
        await tab.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Locator("dialog")).ToBeHiddenAsync();
        await tab.ReloadAsync();
        await tab.Keyboard.PressAsync("/");
        await tab.Keyboard.PressAsync("?");
        await Assertions.Expect(tab.Locator("#search")).Not.ToBeFocusedAsync();
        await Assertions.Expect(tab.Locator("dialog")).ToBeHiddenAsync();

        await tab.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Assertions.Expect(tab.GetByLabel("Use shortcuts of a single key")).Not.ToBeCheckedAsync();
        await tab.GetByLabel("Use shortcuts of a single key").CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await tab.Keyboard.PressAsync("/");
        await Assertions.Expect(tab.Locator("#search")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_menu_closes_by_Escape_with_the_focus_back_and_by_a_click_beside_it()
    {
        var ids = await AskAsync(Steps.Unique("menu"), 1);
        await using var context = await SignedInAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks/{ids[0]}"));

        await tab.GetByText("Reassign", new() { Exact = true }).ClickAsync();
        await tab.GetByLabel("New assignee").FocusAsync();
        await tab.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.GetByLabel("New assignee")).ToBeHiddenAsync();
        await Assertions.Expect(tab.GetByText("Reassign", new() { Exact = true })).ToBeFocusedAsync();

        await tab.GetByText("Reassign", new() { Exact = true }).ClickAsync();
        await tab.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await Assertions.Expect(tab.GetByLabel("New assignee")).ToBeHiddenAsync();
        await tab.Locator(".me summary").ClickAsync();
        await tab.GetByText("Cancel", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
    }

    private static ILocator Row(IPage tab, string title) => tab.GetByRole(AriaRole.Link, new() { Name = title, Exact = true });

    private string At(string path) => new Uri(host.Address, path).ToString();

    private async Task<IReadOnlyList<string>> AskAsync(string word, int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
                { "title": "{{word}} {{i}}", "assignee": "ada@example.com", "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] } }
                """)).Is(201)).TaskId);
        }

        return ids;
    }

    private async Task<IBrowserContext> SignedInAsync()
    {
        var context = await chromium.AtAsync(1280, 800, ColorScheme.Light);
        var session = (await host.AsAsync("editor")).Session.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = session[0], Value = session[1], Domain = host.Address.Host, Path = "/" }]);
        return context;
    }
}
