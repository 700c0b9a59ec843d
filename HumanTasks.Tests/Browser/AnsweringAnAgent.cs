using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Somebody whom an agent asks, in a real browser: a follow-up comes on the same page.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class AnsweringAnAgent(AgentDeployment deployment, Chromium chromium)
    : LettingAnAgentAskSteps(deployment), IClassFixture<AgentDeployment>, IClassFixture<Chromium>
{
    [BrowserTheory]
    [InlineData(true, ColorScheme.Dark)]
    [InlineData(false, ColorScheme.Light)]
    public async Task The_follow_up_appears_by_itself_and_the_earlier_answer_is_shown(bool scripts, ColorScheme colours)
    {
        var runId = await StartAsync("slow", """, "review": true""");
        var asked = await AskedAsync(runId, 1);
        await using var phone = await chromium.PhoneAsync(colours, scripts);
        var tab = await phone.NewPageAsync();
        await tab.GotoAsync(new Uri(Deployment.Address, asked.Path).ToString());
        await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
        await tab.GetByLabel("Code", new() { Exact = true }).FillAsync(await Anybody.CodeAsync("ada@example.com", asked.CorrelationId));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await tab.GetByText("Offer A").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();

        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you. We're reviewing your response");
        await PictureAsync(tab, $"looked-at-{colours}");
        await Assertions.Expect(tab.GetByText("You chose a.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(tab.GetByText("Your earlier answers")).ToBeVisibleAsync();
        await PictureAsync(tab, $"follow-up-{colours}");
        if (scripts)
        {
            Assert.Empty((await tab.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations);
        }

        await tab.GetByLabel("Why this one?").FillAsync("It is cheaper.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send response", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Thank you");
        await Api.RunOverAsync(runId);
        if (scripts)
        {
            await LookAtTheRunAsync(runId, colours);
        }

        Assert.Equal("It is cheaper.", (await Api.TaskAsync(asked.TaskId)).Text("/rounds/1/responses/0/values/why"));
    }

    private async Task LookAtTheRunAsync(string runId, ColorScheme colours)
    {
        var (code, said) = await Deployment.Process!.RunBesideAsync("--sign-in", "owner@localhost");
        Assert.Equal(0, code);
        await using var desk = await chromium.AtAsync(1280, 900, colours);
        var tab = await desk.NewPageAsync();
        await tab.GotoAsync(said.Split('\n').Select(line => line.Trim()).First(line => line.Contains("/studio/sign-in/link/", StringComparison.Ordinal)).Split(' ')[^1]);
        await tab.GetByRole(AriaRole.Button).First.ClickAsync();
        await tab.GotoAsync(new Uri(Deployment.Address, $"/studio/default/runs/{runId}").ToString());
        await Assertions.Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Model calls" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.GetByText("Called ask_follow_up", new() { Exact = true })).ToBeVisibleAsync();
        await PictureAsync(tab, $"run-{colours}");
        Assert.Empty((await tab.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations);
    }

    private static async Task PictureAsync(IPage tab, string name)
    {
        if (Environment.GetEnvironmentVariable("HUMANTASKS_PICTURES") is { Length: > 0 } folder)
        {
            await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"agent-{name}.png"), FullPage = true });
        }
    }
}
