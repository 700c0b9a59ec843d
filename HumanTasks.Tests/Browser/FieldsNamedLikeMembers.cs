using System.Collections.Concurrent;
using System.Text.Json;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>A field may be called like anything that a form, an element or an object has, and its page works like any other.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class FieldsNamedLikeMembers(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const int FieldsOfAForm = 200;

    /// <summary>Of scripts: without them the form would go as well, and nobody would notice.</summary>
    private readonly ConcurrentBag<string> faults = [];

    [BrowserFact]
    public async Task A_review_page_keeps_drafts_and_sends()
    {
        foreach (var names in await MembersAsync())
        {
            var asked = await host.Api.InterveneAsync(form: Form(names));
            await using var context = await chromium.DeskAsync();
            var tab = await OpenAsync(context);
            await tab.GotoAsync(At(asked.Path));

            await tab.RunAndWaitForResponseAsync(() => AnswerAsync(tab, names), kept => kept.Url.EndsWith("/draft", StringComparison.Ordinal) && kept.Ok);
            await tab.ReloadAsync();
            Assert.Equal(names, await tab.EvaluateAsync<string[]>("names => names.map(name => document.getElementById(`f-${name}`).value)", names));
            await SendAsync(tab, "**/responses/*");

            await IsStoredAsync(asked, names);
        }
    }

    [BrowserFact]
    public async Task A_page_behind_an_isolated_link_keeps_drafts_and_sends()
    {
        foreach (var names in await MembersAsync())
        {
            var who = $"{Steps.Unique("names")}@example.com";
            var asked = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "{{who}}", "form": {{Form(names)}} }""")).Is(201));
            await using var context = await chromium.DeskAsync();
            var tab = await OpenAsync(context);
            await tab.GotoAsync(At(asked.Path));
            await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
            await tab.GetByLabel("Code", new() { Exact = true }).FillAsync(await host.Anybody.CodeAsync(who));
            await tab.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

            await tab.RunAndWaitForResponseAsync(() => AnswerAsync(tab, names), kept => kept.Url.EndsWith("/draft", StringComparison.Ordinal) && kept.Ok);
            await SendAsync(tab, "**/responses/*");

            await IsStoredAsync(asked, names);
        }
    }

    [BrowserFact]
    public async Task A_task_s_page_in_the_Studio_sends()
    {
        var session = (await host.AsAsync("editor")).Session.Split('=', 2);
        foreach (var names in await MembersAsync())
        {
            var asked = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""{ "title": "T", "assignee": "a@example.com", "form": {{Form(names)}} }""")).Is(201));
            await using var context = await chromium.DeskAsync();
            await context.AddCookiesAsync([new Cookie { Name = session[0], Value = session[1], Domain = host.Address.Host, Path = "/" }]);
            var tab = await OpenAsync(context);
            await tab.GotoAsync(At($"/studio/default/tasks/{asked.TaskId}"));

            await AnswerAsync(tab, names);
            await SendAsync(tab, "**/*?said=answered");

            await IsStoredAsync(asked, names);
        }
    }

    [BrowserFact]
    public async Task A_condition_over_such_a_field_asks_for_its_value_and_not_for_the_member()
    {
        var asked = await host.Api.InterveneAsync(form: """
            { "fields": [{ "name": "constructor", "type": "text", "label": "First" },
              { "name": "toString", "type": "text", "label": "Second", "visibleWhen": { "field": "constructor", "op": "exists" } },
              { "name": "valueOf", "type": "text", "label": "Third", "visibleWhen": { "field": "toString", "op": "exists" } }] }
            """);
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(At(asked.Path));

        await Assertions.Expect(tab.GetByLabel("Second")).ToBeHiddenAsync();
        await Assertions.Expect(tab.GetByLabel("Third")).ToBeHiddenAsync();
        await tab.GetByLabel("First").FillAsync("1");
        await tab.GetByLabel("Second").FillAsync("2");
        await Assertions.Expect(tab.GetByLabel("Third")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var tab = await context.NewPageAsync();
        tab.PageError += (_, error) => faults.Add(error);
        return tab;
    }

    /// <summary>Types into each field its own name; what finds elements by selectors would itself ask the form for such members.</summary>
    private static async Task AnswerAsync(IPage tab, string[] names)
    {
        await tab.WaitForFunctionAsync("name => document.readyState === 'complete' && document.getElementById(`f-${name}`) !== null", names[0]);
        await tab.EvaluateAsync(
            """
            names => names.forEach(name => {
                const input = document.getElementById(`f-${name}`);
                input.value = name;
                input.dispatchEvent(new Event('input', { bubbles: true }));
            })
            """,
            names);
    }

    private static async Task SendAsync(IPage tab, string to)
    {
        await tab.EvaluateAsync("() => document.querySelector('#form button.main').click()");
        await tab.WaitForURLAsync(to);
    }

    private async Task IsStoredAsync(Asked asked, string[] names)
    {
        var values = (await host.Api.TaskAsync(asked.TaskId))["/responses/0/values"]!.AsObject();
        Assert.Equal(names.Order(StringComparer.Ordinal), values.Select(value => value.Key).Order(StringComparer.Ordinal));
        Assert.Empty(faults);
        Assert.All(values, value => Assert.Equal(value.Key, (string?)value.Value));
    }

    /// <summary>All names on the way from a form to the root of all objects that a field can have, in as many forms as they need.</summary>
    private async Task<string[][]> MembersAsync()
    {
        await using var context = await chromium.DeskAsync();
        var tab = await context.NewPageAsync();
        var names = await tab.EvaluateAsync<string[]>("""
            () => {
                const names = new Set();
                for (let at = document.createElement('form'); at; at = Object.getPrototypeOf(at)) {
                    Object.getOwnPropertyNames(at).forEach(name => names.add(name));
                }

                return [...names].filter(name => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name));
            }
            """);
        foreach (var known in (string[])["action", "elements", "submit", "length", "getAttribute", "nodeName", "addEventListener", "constructor", "hasOwnProperty"])
        {
            Assert.Contains(known, names);
        }

        return [.. names.DistinctBy(name => name.ToUpperInvariant()).Chunk(FieldsOfAForm)]; // names of fields differ in more than case
    }

    private static string Form(string[] names) =>
        $$"""{ "fields": [{{string.Join(',', names.Select(name => $$"""{ "name": {{JsonSerializer.Serialize(name)}}, "type": "text" }"""))}}] }""";

    private string At(string path) => new Uri(host.Address, path).ToString();
}
