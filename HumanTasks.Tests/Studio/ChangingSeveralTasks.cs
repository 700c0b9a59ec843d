using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>Bulk actions by the pages, without a script: what is chosen, a page that asks, a result for each.</summary>
public class ChangingSeveralTasks(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Path = "/studio/default/tasks";

    private ApiClient Api => host.Api;

    [OwnHostTheory]
    [InlineData("remind", "Send reminders (2)")]
    [InlineData("reassign", "Reassign tasks (2)")]
    [InlineData("cancel", "Cancel tasks (2)")]
    public async Task A_page_asks_with_the_number_of_tasks_and_the_fields_of_the_chosen_action_only(string action, string button)
    {
        var (first, second) = (await AskAsync(Steps.Unique("bulk")), await AskAsync(Steps.Unique("bulk")));
        var editor = await host.AsAsync("editor");

        var page = Parse((await editor.FormAsync($"{Path}/bulk/confirm", ("action", action), ("ids", first), ("ids", second), ("ids", "none"))).Is(200));

        Assert.Equal(button, page.QuerySelector("main button.main")!.TextContent.Trim());
        Assert.Contains("Selected: 2", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            action switch { "reassign" => ["assignee"], "cancel" => ["reason"], _ => Array.Empty<string>() },
            page.QuerySelectorAll("main form input:not([type=hidden])").Select(input => input.GetAttribute("name")!));
        Assert.Equal("pending", (await Api.TaskAsync(first)).Text("/status"));
        var done = Parse((await SendAsync(editor, page, ("assignee", "heir@example.com"), ("reason", "Not needed"))).Is(200));
        Assert.Contains("Done: 2. Failed: 0.", done.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, done.QuerySelectorAll("tbody tr").Length);
        var task = await Api.TaskAsync(second);
        Assert.Equal((action == "cancel" ? "cancelled" : "pending", action == "reassign" ? "heir@example.com" : "ada@example.com"), (task.Text("/status"), task.Text("/assignee")));
        Assert.Equal(action == "cancel" ? "Not needed" : null, (string?)task["/statusReason"]);
    }

    [OwnHostFact]
    public async Task All_that_match_are_those_of_the_list_which_are_pending()
    {
        var word = Steps.Unique("matching");
        string[] ids = [await AskAsync(word), await AskAsync(word), await AskAsync(word)];
        var other = await AskAsync(Steps.Unique("another"));
        (await Api.PostAsync($"/api/tasks/{ids[2]}/cancel", "{}")).Is(204);
        var editor = await host.AsAsync("editor");
        var list = Parse((await editor.PageAsync($"{Path}?status=all&q={word}")).Is(200));
        Assert.Equal("All that match: 2", list.QuerySelector("label:has([name=all])")!.TextContent.Trim());

        var page = Parse((await editor.FormAsync($"{Path}/bulk/confirm", ("action", "cancel"), ("all", "true"), ("back", $"{Path}?status=all&q={word}"))).Is(200));
        Assert.Contains("Selected: 2", page.Body!.TextContent, StringComparison.Ordinal);
        (await SendAsync(editor, page)).Is(200);

        Assert.Equal(["cancelled", "cancelled"], new[] { (await Api.TaskAsync(ids[0])).Text("/status"), (await Api.TaskAsync(ids[1])).Text("/status") });
        Assert.Equal("pending", (await Api.TaskAsync(other)).Text("/status"));
    }

    [OwnHostFact]
    public async Task All_on_a_page_are_selected_by_a_link()
    {
        var word = Steps.Unique("page");
        string[] ids = [await AskAsync(word), await AskAsync(word)];
        var editor = await host.AsAsync("editor");
        var list = Parse((await editor.PageAsync($"{Path}?q={word}")).Is(200));
        Assert.Empty(list.QuerySelectorAll("[name=ids][checked]"));

        var selected = Parse((await editor.PageAsync(list.QuerySelector("[data-select-page]")!.GetAttribute("href")!)).Is(200));

        Assert.Equal(ids.Order(StringComparer.Ordinal), selected.QuerySelectorAll("[name=ids][checked]").Select(box => box.GetAttribute("value")!).Order(StringComparer.Ordinal));
    }

    [OwnHostFact]
    public async Task A_wrong_assignee_is_asked_for_again_with_what_was_chosen()
    {
        var task = await AskAsync(Steps.Unique("wrong"));
        var editor = await host.AsAsync("editor");

        var again = Parse((await editor.FormAsync($"{Path}/bulk", ("action", "reassign"), ("assignee", "not an address"), ("ids", task))).Is(422));

        Assert.Equal(("not an address", "true"), (again.QuerySelector("#assignee")!.GetAttribute("value"), again.QuerySelector("#assignee")!.GetAttribute("aria-invalid")));
        (await SendAsync(editor, again, ("assignee", "heir@example.com"))).Is(200);
        Assert.Equal("heir@example.com", (await Api.TaskAsync(task)).Text("/assignee"));
        (await editor.FormAsync($"{Path}/bulk/confirm", ("action", "delete"), ("ids", task))).Is(422);
        (await editor.FormAsync($"{Path}/bulk/confirm", ("action", "cancel"))).Is(422);
    }

    [OwnHostFact]
    public async Task Reminders_that_are_confirmed_twice_are_sent_once()
    {
        var task = await AskAsync(Steps.Unique("twice"));
        var (editor, owner) = (await host.AsAsync("editor"), await host.AsAsync("owner"));
        var page = Parse((await editor.FormAsync($"{Path}/bulk/confirm", ("action", "remind"), ("ids", task))).Is(200));
        var others = Parse((await owner.FormAsync($"{Path}/bulk/confirm", ("action", "remind"), ("ids", task))).Is(200));

        (await SendAsync(editor, page)).Is(200);
        (await SendAsync(editor, page)).Is(200);
        (await SendAsync(owner, others)).Is(200);

        Assert.Single((await Api.GetAsync($"/api/tasks/{task}/timeline")).Is(200)["/items"]!.AsArray(), happened => (string?)happened!["kind"] == "reminded");
    }

    private static IHtmlDocument Parse(Reply reply) => new HtmlParser().ParseDocument(reply.Body);

    /// <summary>Sends the form of a page as it is, with what was typed.</summary>
    private static Task<Reply> SendAsync(MemberClient member, IHtmlDocument page, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelector("main form")!;
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)).Where(input => input.Item1 != "__RequestVerificationToken");
        var asked = typed.Where(one => form.QuerySelector($"[name={one.Name}]") is not null);
        return member.FormAsync(form.GetAttribute("action")!, [.. hidden, .. asked]);
    }

    private async Task<string> AskAsync(string title) => Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
        { "title": "{{title}}", "assignee": "ada@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }
        """)).Is(201)).TaskId;
}
