using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Journeys through a list, with the task beside it, while others work on the same tasks.</summary>
public class WorkingBesideAList(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private ApiClient Api => host.Api;

    [BrowserTheory]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task A_member_sends_one_response_after_the_other_without_going_back_to_the_list(int width, bool scripts)
    {
        var word = Steps.Unique("chain");
        var ids = await AskAsync(word, 2);
        await using var context = await SignedInAsync(width, "editor", scripts);
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks?status=pending&sort=createdAt&q={word}"));
        await tab.GetByRole(AriaRole.Link, new() { Name = $"{word} 0", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.GetByText("1 of 2")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Locator(".aside")).ToBeVisibleAsync(new() { Visible = width > 1000 });

        await tab.GetByLabel("Note").FillAsync("one");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send and next" }).ClickAsync();

        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{word} 1");
        if (scripts)
        {
            await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        }

        await tab.GetByLabel("Note").FillAsync("two");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send and next" }).ClickAsync();
        await Assertions.Expect(tab.GetByText("No more tasks in this list.")).ToBeVisibleAsync();
        Assert.Equal("two", (await Api.TaskAsync(ids[1])).Text("/responses/0/values/note"));
    }

    [BrowserFact]
    public async Task A_new_task_appears_in_the_list_beside_and_in_the_title_and_leaves_focus_and_text_alone()
    {
        var word = Steps.Unique("new");
        var ids = await AskAsync(word, 1);
        await using var context = await SignedInAsync(1280, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks/{ids[0]}?status=pending&q={word}"));
        await tab.GetByLabel("Note").FillAsync("half a");

        await AskAsync(word, 1);

        await Assertions.Expect(tab.Locator(".aside li")).ToHaveCountAsync(2, new() { Timeout = 15_000 });
        await Assertions.Expect(tab).ToHaveTitleAsync($"(2) {word} 0");
        await Assertions.Expect(tab.GetByLabel("Note")).ToBeFocusedAsync();
        await Assertions.Expect(tab.GetByLabel("Note")).ToHaveValueAsync("half a");
    }

    [BrowserFact]
    public async Task A_response_by_somebody_else_appears_and_what_was_typed_stays_with_a_note()
    {
        var ids = await AskAsync(Steps.Unique("other"), 1);
        await using var context = await SignedInAsync(1280, "editor");
        var (typing, reading) = (await context.NewPageAsync(), await context.NewPageAsync());
        await reading.GotoAsync(At($"/studio/default/tasks/{ids[0]}"));
        await typing.GotoAsync(At($"/studio/default/tasks/{ids[0]}"));
        await typing.GetByLabel("Note").FillAsync("my text");

        (await Api.PostAsync($"/api/tasks/{ids[0]}/responses", """{ "values": { "note": "theirs" } }""")).Is(200);

        await Assertions.Expect(typing.GetByText("This task has changed. What you typed is still here.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(typing.Locator("#rounds")).ToContainTextAsync("theirs");
        await Assertions.Expect(typing.GetByLabel("Note")).ToHaveValueAsync("my text");
        await Assertions.Expect(typing.GetByLabel("Note")).ToBeFocusedAsync();
        await Assertions.Expect(reading.Locator("#rounds")).ToContainTextAsync("theirs", new() { Timeout = 15_000 });
        await Assertions.Expect(reading.GetByLabel("Note")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_form_that_can_be_answered_now_appears_without_a_reload()
    {
        var id = (await Api.PostAsync("/api/tasks", """
            { "title": "Claim", "candidates": ["editor@example.com", "owner@example.com"], "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] } }
            """)).Is(201).Text("/taskId");
        var owner = await host.AsAsync("owner");
        (await owner.FormAsync($"/studio/default/tasks/{id}/claim")).Is(303);
        await using var context = await SignedInAsync(1280, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks/{id}"));
        await Assertions.Expect(tab.GetByLabel("Note")).ToHaveCountAsync(0);

        (await owner.FormAsync($"/studio/default/tasks/{id}/release")).Is(303);

        await Assertions.Expect(tab.GetByLabel("Note")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await tab.GetByLabel("Note").FillAsync("mine");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.GetByText("Response sent.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_page_says_since_when_it_is_not_up_to_date_and_stops_saying_so()
    {
        await using var context = await SignedInAsync(1280, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At("/studio/default/tasks?status=pending"));

        await context.SetOfflineAsync(true);
        await Assertions.Expect(tab.Locator("[data-live-status]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Not up to date since [0-9]{2}:[0-9]{2}$"), new() { Timeout = 15_000 });

        await context.SetOfflineAsync(false);
        await Assertions.Expect(tab.Locator("[data-live-status]")).Not.ToContainTextAsync("Not up to date", new() { Timeout = 15_000 });
    }

    [BrowserFact]
    public async Task A_comment_leaves_the_focus_at_the_comments()
    {
        var ids = await AskAsync(Steps.Unique("talk"), 1);
        await using var context = await SignedInAsync(1280, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks/{ids[0]}"));

        await tab.GetByLabel("Comment", new() { Exact = true }).FillAsync("Looks right");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();

        await Assertions.Expect(tab.GetByText("Comment added.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Locator("#comments-title")).ToBeFocusedAsync();
        await Assertions.Expect(tab.Locator("#comments-title")).ToBeInViewportAsync();
    }

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

    private async Task<IBrowserContext> SignedInAsync(int width, string who, bool scripts = true)
    {
        var context = await chromium.AtAsync(width, 800, ColorScheme.Light, scripts);
        var session = (await host.AsAsync(who)).Session.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = session[0], Value = session[1], Domain = host.Address.Host, Path = "/" }]);
        return context;
    }
}
