using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

public sealed class PrintingReceipts(StudioHost host) : IClassFixture<StudioHost>
{
    [OwnHostFact]
    public async Task A_default_response_has_a_date_and_is_not_said_to_be_received()
    {
        var asked = (await host.Api.PostAsync("/api/tasks", """
            { "title": "R-2026-117", "assignee": "ada@example.com", "expiresInHours": 0.0004,
              "form": { "fields": [{ "name": "note", "type": "text", "label": "Note" }] }, "default": { "values": { "note": "fine" } } }
            """)).Is(201);
        await Steps.UntilAsync(() => host.Api.GetAsync($"/api/runs/{asked.Text("/runId")}"), reply => reply.Text("/status") == "completed");
        var task = await host.Api.TaskAsync(asked.Text("/taskId"));
        var editor = await host.AsAsync("editor");

        var page = (await editor.PageAsync(
            $"/studio/default/tasks/{asked.Text("/taskId")}/responses/{task.Text("/responses/0/id")}/receipt.html")).Is(200).Body;

        var labels = new HtmlParser().ParseDocument(page).QuerySelectorAll("dt").Select(label => label.TextContent);
        Assert.Contains("Date and time", labels);
        Assert.DoesNotContain("Received", labels);
    }
}
