using AngleSharp.Html.Parser;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Review;

namespace HumanTasks.Tests.Studio;

/// <summary>What authors and members wrote keeps to its own direction in the Studio.</summary>
public sealed class IsolatingTextsOfMembers(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Hebrew = "\u05E9\u05DC\u05D5\u05DD";

    [OwnHostFact]
    public async Task On_the_list_of_tasks_a_task_and_its_answer()
    {
        var responder = await host.AsAsync("responder");
        var editor = await host.AsAsync("editor");
        var task = (await host.Api.PostAsync("/api/tasks", $$"""
            { "title": "{{Hebrew}} title", "description": "{{Hebrew}}.", "assignee": "responder@example.com", "allowReject": true,
              "show": ["{{Hebrew}}"], "context": { "{{Hebrew}}": "{{Hebrew}} value" },
              "form": { "fields": [{ "name": "note", "type": "text", "label": "{{Hebrew}} label", "help": "{{Hebrew}} help" }] } }
            """)).Is(201).Text("/taskId");
        (await editor.PostAsync($"/api/tasks/{task}/comments", $$"""{ "text": "{{Hebrew}} comment" }""")).Is(201);
        await IsWholeAsync(responder, "tasks?status=all");
        await IsWholeAsync(responder, "tasks?status=all&view=table");
        await IsWholeAsync(responder, $"tasks/{task}");

        (await responder.PostAsync($"/api/tasks/{task}/responses", $$"""{ "values": { "note": "{{Hebrew}} answer" } }""")).Is(200);
        await IsWholeAsync(editor, $"tasks/{task}");
    }

    private static async Task IsWholeAsync(MemberClient who, string path)
    {
        var page = await new HtmlParser().ParseDocumentAsync((await who.PageAsync($"/studio/default/{path}")).Is(200).Body);
        Assert.Contains(Hebrew, page.Body!.TextContent, StringComparison.Ordinal);
        Isolation.IsWhole(page, Hebrew);
    }
}
