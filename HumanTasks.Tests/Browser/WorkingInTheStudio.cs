using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The journeys of members and of somebody outside, in a real browser.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class WorkingInTheStudio(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private ApiClient Api => host.Api;

    [BrowserTheory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme colours)
    {
        var asked = await Api.AssignAsync();
        var done = await Api.InterveneAsync();
        (await host.Anybody.SubmitAsync(done.Path, """{ "decision": "approve" }""")).Is(200);
        var editor = await host.AsAsync("editor");
        await editor.PostAsync($"/api/tasks/{asked.TaskId}/comments", """{ "text": "Look" }""");
        await using var context = await SignedInAsync(width, colours, "owner");
        var tab = await context.NewPageAsync();
        var name = await Api.SaveAsync($$"""[{ "type": "humanTask", "name": "ask", "title": "T", "assignee": "a@example.com", "form": {{Steps.DecisionForm}} }]""");

        foreach (var path in (string[])
            ["overview", "tasks?status=all", "tasks?status=all&view=table", "tasks?status=rejected&q=none", $"tasks/{asked.TaskId}", $"tasks/{asked.TaskId}?status=all", $"tasks/{done.TaskId}?status=all&said=answered", $"tasks/{done.TaskId}",
             "webhooks", "runs", $"runs/{done.RunId}", "rule-sets", $"rule-sets/{name}", "new-rule-set", "runs/none"])
        {
            await tab.GotoAsync(At($"/studio/default/{path}"));
            await IsGoodAsync(tab, path);
        }

        await tab.GotoAsync(At("/studio/sessions"));
        await IsGoodAsync(tab, "sessions");
        await using var stranger = await chromium.AtAsync(width, 800, colours);
        var outside = await stranger.NewPageAsync();
        foreach (var path in (string[])["/studio/sign-in", "/studio/sign-in/link/bent", asked.Path])
        {
            await outside.GotoAsync(At(path));
            await IsGoodAsync(outside, path);
        }
    }

    [BrowserTheory]
    [InlineData("de")]
    [InlineData("pl")]
    [InlineData("ar")]
    [InlineData("ja")]
    [InlineData("zh-Hans")]
    public async Task Every_page_of_responders_is_accessible_and_fits_in_other_languages(string language)
    {
        var asked = await Api.AssignAsync();
        await (await host.AsAsync("editor")).PostAsync($"/api/tasks/{asked.TaskId}/comments", """{ "text": "שלום, look" }""");
        await using var context = await SignedInAsync(390, ColorScheme.Light, "owner");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/sessions?lang={language}"));
        await IsGoodAsync(tab, "sessions");

        foreach (var path in (string[])["tasks?status=all", "tasks?status=all&view=table", $"tasks/{asked.TaskId}", "runs/none"])
        {
            await tab.GotoAsync(At($"/studio/default/{path}"));
            await Assertions.Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", language);
            await IsGoodAsync(tab, $"{path} in {language}");
        }

        await context.ClearCookiesAsync();
        await tab.GotoAsync(At($"/studio/sign-in?lang={language}"));
        await IsGoodAsync(tab, $"sign-in in {language}");
    }

    [BrowserTheory]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task A_member_signs_in_answers_a_task_and_signs_out(int width, bool scripts)
    {
        var title = Steps.Unique("Journey");
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "{{title}}", "assignee": "viewer@example.com", "form": { "fields": [{ "name": "note", "type": "text", "label": "Note", "required": true }] } }
            """)).Is(201));
        await using var context = await chromium.AtAsync(width, 800, ColorScheme.Light, scripts);
        var tab = await context.NewPageAsync();

        var who = width < 600 ? "walker@example.com" : "reader@example.com";
        await tab.GotoAsync(At($"/studio/default/tasks?status=pending&q={title}"));
        await tab.GetByLabel("Email address").FillAsync(who);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
        await tab.GetByLabel("Code", new() { Exact = true }).FillAsync(await host.Anybody.CodeAsync(who));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Locator("#problems")).ToBeVisibleAsync();
        await tab.GetByLabel("Note").FillAsync("done in the Studio");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.GetByText("Response sent.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByText("done in the Studio")).ToBeVisibleAsync();

        await tab.Locator(".me summary").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(who, (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/by"));
    }

    [BrowserFact]
    public async Task The_list_brings_itself_up_to_date_and_leaves_focus_and_choice_alone()
    {
        var word = Steps.Unique("live");
        var (first, second) = (await AskAsync($"{word} one"), await AskAsync($"{word} two"));
        await using var context = await SignedInAsync(1280, ColorScheme.Light, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks?status=pending&q={word}"));
        await tab.GetByLabel($"Select {word} one").CheckAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = $"{word} one" }).FocusAsync();
        await tab.WaitForResponseAsync(IsRound); // one that finds nothing new

        (await Api.PostAsync($"/api/tasks/{second.TaskId}/cancel", "{}")).Is(204);

        await Assertions.Expect(tab.GetByText($"{word} two")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await Assertions.Expect(tab.GetByLabel($"Select {word} one")).ToBeCheckedAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Link, new() { Name = $"{word} one" })).ToBeFocusedAsync();
        await Assertions.Expect(tab.Locator("[data-live-status]")).ToContainTextAsync("Updated at");
        Assert.Equal("pending", (await Api.TaskAsync(first.TaskId)).Text("/status"));
    }

    [BrowserFact]
    public async Task By_keyboard_alone_a_member_gets_to_a_task_and_answers_it()
    {
        var title = Steps.Unique("Keys");
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "{{title}}", "assignee": "a@example.com", "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] } }
            """)).Is(201));
        await using var context = await SignedInAsync(1280, ColorScheme.Light, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At($"/studio/default/tasks?status=pending&q={title}"));

        await TabToAsync(tab, title);
        await tab.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await TabToAsync(tab, "note");
        await tab.Keyboard.TypeAsync("by keys");
        await tab.Keyboard.PressAsync("Enter");

        await Assertions.Expect(tab.GetByText("Response sent.")).ToBeVisibleAsync();
        Assert.Equal("by keys", (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/values/note"));
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_supplier_opens_the_mail_on_a_phone_types_the_code_and_answers(bool scripts)
    {
        var who = $"{Steps.Unique("supplier")}@example.com";
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "Confirm the delivery", "assignee": "{{who}}", "form": { "fields": [{ "name": "note", "type": "text", "label": "Your note", "required": true }] } }
            """)).Is(201));
        await using var phone = await chromium.PhoneAsync(scripts: scripts);
        var tab = await phone.NewPageAsync();

        await tab.GotoAsync(At(asked.Path));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
        await tab.GetByLabel("Code", new() { Exact = true }).FillAsync(await host.Anybody.CodeAsync(who));
        await IsGoodAsync(tab, "code", scripts);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Confirm the delivery");
        await IsGoodAsync(tab, "form", scripts);
        await tab.GetByLabel("Your note").FillAsync("comes on Friday");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();

        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Thank you");
        Assert.Equal(who, (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/by"));
        Assert.Contains("opened", (await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline")).Body, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task What_a_reviewer_types_is_kept_while_typing_and_there_on_another_device()
    {
        var asked = await Api.InterveneAsync(form: """
            { "fields": [{ "name": "note", "type": "text", "label": "Your note" }, { "name": "file", "type": "file", "label": "A file" }] }
            """);
        await using var phone = await chromium.PhoneAsync();
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(At(asked.Path));
        await tab.GetByLabel("Your note").FillAsync("half a sentence");
        await tab.GetByLabel("A file").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "notes"u8.ToArray() });
        await Assertions.Expect(tab.Locator("[data-kept]")).ToContainTextAsync("Draft saved", new() { Timeout = 10_000 });
        await Assertions.Expect(tab.Locator(".kept")).ToContainTextAsync("notes.txt");

        await using var desk = await chromium.DeskAsync();
        var other = await desk.NewPageAsync();
        await other.GotoAsync(At(asked.Path));

        await Assertions.Expect(other.GetByLabel("Your note")).ToHaveValueAsync("half a sentence");
        await Assertions.Expect(other.Locator(".kept")).ToContainTextAsync("notes.txt");
        await IsGoodAsync(other, "draft");
        await other.GetByRole(AriaRole.Button, new() { Name = "Discard draft" }).ClickAsync();
        await Assertions.Expect(other.GetByLabel("Your note")).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task The_editor_marks_the_lines_with_problems_while_somebody_types()
    {
        await using var context = await SignedInAsync(1280, ColorScheme.Light, "editor");
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At("/studio/default/new-rule-set"));

        await tab.Locator("#definition").FillAsync("{\n  \"actions\": [\n    { \"type\": \"wait\" }\n  ]\n}");

        await Assertions.Expect(tab.Locator("[data-editor-status]")).ToContainTextAsync("Line 3: Unknown action type 'wait'.");
        await Assertions.Expect(tab.Locator(".gutter li.wrong")).ToHaveCountAsync(1);
    }

    /// <summary>Whether a response answers the list's own request for what is new, and not the one of a person.</summary>
    private static bool IsRound(IResponse response) =>
        response.Request.ResourceType == "fetch" && new Uri(response.Url).AbsolutePath.EndsWith("/tasks", StringComparison.Ordinal);

    private string At(string path) => new Uri(host.Address, path).ToString();

    private async Task<Asked> AskAsync(string title) => Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
        { "title": "{{title}}", "assignee": "a@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }
        """)).Is(201));

    private async Task<IBrowserContext> SignedInAsync(int width, ColorScheme colours, string who)
    {
        var context = await chromium.AtAsync(width, 800, colours);
        var session = (await host.AsAsync(who)).Session.Split('=', 2);
        await context.AddCookiesAsync([new Cookie { Name = session[0], Value = session[1], Domain = host.Address.Host, Path = "/" }]);
        return context;
    }

    /// <summary>Presses Tab until what has the focus is called so, or has this name.</summary>
    private static async Task TabToAsync(IPage tab, string name)
    {
        for (var i = 0; i < 60; i++)
        {
            await tab.Keyboard.PressAsync("Tab");
            var focused = await tab.EvaluateAsync<string>("(document.activeElement.getAttribute('name') ?? '') + '|' + document.activeElement.textContent.trim()");
            if (focused.Split('|').Contains(name))
            {
                return;
            }
        }

        throw new Xunit.Sdk.XunitException($"Nobody gets to '{name}' with the Tab key.");
    }

    private static async Task IsGoodAsync(IPage tab, string what, bool scripts = true)
    {
        if (!scripts)
        {
            return; // what looks at the page is a script itself
        }

        var result = await tab.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        });
        Assert.True(result.Violations.Length == 0, $"{what}: " + string.Join(Environment.NewLine, result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
        var wide = await tab.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"{what} is {wide} pixels too wide.");
    }
}
