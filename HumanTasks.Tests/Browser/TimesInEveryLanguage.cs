using HumanTasks.Core.Texts;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;

namespace HumanTasks.Tests.Browser;

/// <summary>Times that the server writes and those that a script writes in their place.</summary>
[Trait("Category", BrowserSuite.Name)]
public sealed class TimesInEveryLanguage(StudioHost host, Chromium chromium) : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_script_writes_a_time_as_the_server_does()
    {
        List<string> different = [];
        foreach (var language in Languages.All)
        {
            var asked = Steps.Asked((await host.Api.PostAsync("/api/interventions", $$"""
                { "title": "R-2026-117", "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] }, "language": "{{language}}", "linkExpirationHours": 720, "continuation": { "webhook": "https://example.com/x" } }
                """)).Is(201));
            var byServer = await UntilAsync(asked.Path, scripts: false);
            var byScript = await UntilAsync(asked.Path, scripts: true);
            if (byServer != byScript)
            {
                different.Add($"{language}: {byServer} | {byScript}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    private async Task<string> UntilAsync(string path, bool scripts)
    {
        await using var desk = await chromium.DeskAsync(scripts, "UTC");
        var tab = await desk.NewPageAsync();
        await tab.GotoAsync(new Uri(host.Address, path).ToString());
        return await tab.Locator("time[data-until] [data-day]").First.InnerTextAsync();
    }
}
