using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Candidates in a real browser: one takes the task, gives it back, and hands it on.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class SharingATask(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_candidate_takes_it_gives_it_back_and_passes_it_on()
    {
        var (ann, bob) = ($"{Steps.Unique("ann")}@example.com", $"{Steps.Unique("bob")}@example.com");
        var asked = (await host.Api.PostAsync("/api/tasks", $$"""
            { "title": "Which supplier is right?", "candidates": ["{{ann}}", "{{bob}}"], "delegateTo": ["@example.com"],
              "form": { "fields": [{ "name": "note", "type": "text", "label": "Note", "required": true }] } }
            """)).Is(201);
        await using var phone = await chromium.PhoneAsync(ColorScheme.Dark);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync((string)asked["/links"]![ann]!);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
        await tab.GetByLabel("Code", new() { Exact = true }).FillAsync(await host.Anybody.CodeAsync(ann));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await LookAsync(tab, "claim");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Claim task" }).ClickAsync();
        await Assertions.Expect(tab.GetByText("You claimed this task")).ToBeVisibleAsync();
        Assert.Equal(ann, (await host.Api.TaskAsync(asked.Text("/taskId"))).Text("/claimedBy"));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Release task" }).ClickAsync();
        await Assertions.Expect(tab.GetByText("You're one of several candidates")).ToBeVisibleAsync();

        await tab.GetByText("Delegate to someone else").ClickAsync();
        await tab.GetByLabel("Their email address").FillAsync("eve@elsewhere.example");
        await tab.GetByLabel("Note to them").FillAsync("You know them.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delegate task" }).ClickAsync();
        await Assertions.Expect(tab.GetByLabel("Their email address")).ToHaveValueAsync("eve@elsewhere.example");
        await Assertions.Expect(tab.GetByLabel("Note to them")).ToHaveValueAsync("You know them.");
        await LookAsync(tab, "delegate");
        await tab.GetByLabel("Their email address").FillAsync($"{Steps.Unique("eve")}@example.com");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delegate task" }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You delegated this task");
        await LookAsync(tab, "delegated");
    }

    private static async Task LookAsync(IPage tab, string name)
    {
        if (Environment.GetEnvironmentVariable("HUMANTASKS_PICTURES") is { Length: > 0 } folder)
        {
            await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"share-{name}.png"), FullPage = true });
        }

        Assert.Empty((await tab.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations);
    }
}
