using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>A task that is open beside the list from which it came.</summary>
public class WorkingBesideTheQueue(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Path = "/studio/default/tasks";

    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task A_task_of_the_list_opens_beside_it_with_its_position_in_the_filtered_list()
    {
        var (word, editor) = (Steps.Unique("beside"), await host.AsAsync("editor"));
        var tasks = await AskAsync(word, 3);
        var list = await PageAsync(editor, $"{Path}?status=pending&sort=createdAt&q={word}");

        var page = await PageAsync(editor, list.QuerySelectorAll("tbody th a")[1].GetAttribute("href")!);

        Assert.Equal("2 of 3", Words(page, "#place .quiet"));
        Assert.Equal(tasks, page.QuerySelectorAll(".aside a").Select(IdOf));
        Assert.Equal(tasks[1], IdOf(page.QuerySelector(".aside [aria-current=page]")!));
        Assert.Equal((tasks[0], tasks[2]), (IdOf(page.QuerySelector("a[rel=prev]")!), IdOf(page.QuerySelector("a[rel=next]")!)));
        Assert.Contains($"q={word}", page.QuerySelector("[data-list]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.StartsWith("(3) ", page.Title, StringComparison.Ordinal);
        Assert.Null((await PageAsync(editor, $"{Path}/{tasks[1]}")).QuerySelector(".aside"));
    }

    [OwnHostFact]
    public async Task Neighbours_are_also_on_the_pages_before_and_after()
    {
        var (word, editor) = (Steps.Unique("edge"), await host.AsAsync("editor"));
        var tasks = await AskAsync(word, 51);
        var list = $"?status=pending&sort=createdAt&q={word}";

        var last = await PageAsync(editor, $"{Path}/{tasks[49]}{list}");
        var first = await PageAsync(editor, last.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal((tasks[50], "51 of 51"), (IdOf(first.QuerySelector(".aside [aria-current]")!), Words(first, "#place .quiet")));
        Assert.Equal(tasks[49], IdOf(first.QuerySelector("a[rel=prev]")!));
        Assert.Null(first.QuerySelector("a[rel=next]"));
    }

    [OwnHostFact]
    public async Task Send_and_next_sends_the_response_and_opens_the_next_task_with_the_focus_on_its_heading()
    {
        var (word, editor) = (Steps.Unique("next"), await host.AsAsync("editor"));
        var tasks = await AskAsync(word, 2);
        var list = $"?status=pending&sort=createdAt&q={word}";
        var page = await PageAsync(editor, $"{Path}/{tasks[0]}{list}");

        var sent = (await editor.FormAsync(page.QuerySelector("[data-sends]")!.GetAttribute("formaction")!, ("note", "done"))).Is(303);
        var next = await PageAsync(editor, sent.Header("Location")!);

        Assert.Equal("completed", (await Api.TaskAsync(tasks[0])).Text("/status"));
        Assert.Equal((tasks[1], "1 of 1"), (IdOf(next.QuerySelector(".aside [aria-current]")!), Words(next, "#place .quiet")));
        Assert.True(next.QuerySelector("h1")!.HasAttribute("autofocus"));
        Assert.Contains("Response sent. This is the next task.", Words(next, "#said"), StringComparison.Ordinal);

        sent = (await editor.FormAsync(next.QuerySelector("[data-sends]")!.GetAttribute("formaction")!, ("note", "done"))).Is(303);
        var last = await PageAsync(editor, sent.Header("Location")!);
        Assert.Contains("No more tasks in this list.", Words(last, "#said"), StringComparison.Ordinal);
        Assert.True(last.QuerySelector("#said")!.HasAttribute("autofocus"));
    }

    [OwnHostFact]
    public async Task A_response_leads_on_to_the_task_after_it()
    {
        var (word, editor) = (Steps.Unique("on"), await host.AsAsync("editor"));
        var tasks = await AskAsync(word, 3);
        var page = await PageAsync(editor, $"{Path}/{tasks[1]}?status=pending&sort=createdAt&q={word}");

        var sent = (await editor.FormAsync(page.QuerySelector("#form")!.GetAttribute("action")!, ("note", "done"))).Is(303);
        var after = await PageAsync(editor, sent.Header("Location")!);

        Assert.Equal(tasks[2], IdOf(after.QuerySelector("#said a")!));
        Assert.Null(after.QuerySelector("#place .quiet"));
    }

    [OwnHostFact]
    public async Task The_decision_stands_before_its_context_and_so_do_the_answers_of_a_completed_task()
    {
        var editor = await host.AsAsync("editor");
        var asked = Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { "title": "Pay", "assignee": "ada@example.com", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}}, "show": ["invoice"] }
            """)).Is(201)).TaskId;

        Assert.True(Before(await PageAsync(editor, $"{Path}/{asked}"), "#form", ".context"));
        (await Api.PostAsync($"/api/tasks/{asked}/responses", """{ "values": { "decision": "approve" } }""")).Is(200);
        Assert.True(Before(await PageAsync(editor, $"{Path}/{asked}"), "#rounds dl", ".context"));
    }

    [OwnHostFact]
    public async Task A_conflict_says_who_did_what_and_leads_on()
    {
        var (word, editor, owner) = (Steps.Unique("conflict"), await host.AsAsync("editor"), await host.AsAsync("owner"));
        var tasks = await AskAsync(word, 2);
        var list = $"?status=pending&sort=createdAt&q={word}";
        (await editor.FormAsync($"{Path}/{tasks[0]}/answer{list}", ("note", "first"))).Is(303);

        var late = Parse((await owner.FormAsync($"{Path}/{tasks[0]}/answer{list}", ("note", "second"))).Is(409));

        Assert.Contains("Status: Completed (editor@example.com).", Words(late, "#notice"), StringComparison.Ordinal);
        Assert.Contains("first", Words(late, "#rounds"), StringComparison.Ordinal);
        Assert.Equal(tasks[1], IdOf(late.QuerySelector("#notice a")!));
        var claimable = (await Api.PostAsync("/api/tasks", """
            { "title": "Claim", "candidates": ["editor@example.com", "owner@example.com"], "form": { "fields": [{ "name": "note", "type": "text" }] } }
            """)).Is(201).Text("/taskId");
        (await editor.FormAsync($"{Path}/{claimable}/claim")).Is(303);
        Assert.Contains("editor@example.com", Words(Parse((await owner.FormAsync($"{Path}/{claimable}/claim")).Is(409)), "#notice"), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Changes_return_to_the_task_beside_its_list_and_a_comment_to_the_comments()
    {
        var (word, editor) = (Steps.Unique("return"), await host.AsAsync("editor"));
        var task = (await AskAsync(word, 1))[0];
        var list = $"?status=pending&q={word}&view=table";

        Assert.Equal($"{Path}/{task}{list}&said=reminded", (await editor.FormAsync($"{Path}/{task}/remind{list}")).Is(303).Header("Location"));
        Assert.Equal($"{Path}/{task}{list}&said=commented#comments-title", (await editor.FormAsync($"{Path}/{task}/comments{list}", ("text", "ok"))).Is(303).Header("Location"));
        var page = await PageAsync(editor, $"{Path}/{task}{list}&said=commented");
        Assert.Equal("-1", page.QuerySelector("#comments-title")!.GetAttribute("tabindex"));
        Assert.Null(page.QuerySelector("main [autofocus]"));
        Assert.All(page.QuerySelectorAll(".task form[method=post]"), form => Assert.Contains($"q={word}", form.GetAttribute("action"), StringComparison.Ordinal));
    }

    [OwnHostFact]
    public async Task A_reassignment_says_whether_an_email_is_sent()
    {
        var (task, editor) = ((await AskAsync(Steps.Unique("honest"), 1))[0], await host.AsAsync("editor"));

        Assert.Contains("We're emailing a link", await SaidAsync(editor, task, "new@example.com"), StringComparison.Ordinal);
        Assert.Contains("No email was sent, because owner@localhost is a local address.", await SaidAsync(editor, task, "owner@localhost"), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_second_reminder_within_moments_sends_no_second_email_and_says_when_the_first_was_sent()
    {
        var (task, editor) = ((await AskAsync(Steps.Unique("twice"), 1))[0], await host.AsAsync("editor"));

        (await editor.FormAsync($"{Path}/{task}/remind")).Is(303);
        var page = await PageAsync(editor, (await editor.FormAsync($"{Path}/{task}/remind")).Is(303).Header("Location")!);

        Assert.Contains("Reminder sent.", Words(page, "#said"), StringComparison.Ordinal);
        var at = page.QuerySelector("#said time")!.GetAttribute("datetime")!;
        Assert.Equal(at, Assert.Single(page.QuerySelectorAll(".line-of-events .reminded time")).GetAttribute("datetime"));
    }

    private async Task<string> SaidAsync(MemberClient member, string task, string assignee) => Words(
        await PageAsync(member, (await member.FormAsync($"{Path}/{task}/reassign", ("assignee", assignee))).Is(303).Header("Location")!), "#said");

    private static bool Before(IHtmlDocument page, string one, string other) =>
        page.QuerySelector(one)!.CompareDocumentPosition(page.QuerySelector(other)!).HasFlag(DocumentPositions.Following);

    private static string Words(IHtmlDocument page, string selector) => page.QuerySelector(selector)!.TextContent.Trim();

    private static string IdOf(IElement link) => link.GetAttribute("href")!.Split('/')[^1].Split('?')[0];

    private static IHtmlDocument Parse(Reply reply) => new HtmlParser().ParseDocument(reply.Body);

    private static async Task<IHtmlDocument> PageAsync(MemberClient member, string path) => Parse((await member.PageAsync(path.Split('#')[0])).Is(200));

    private async Task<IReadOnlyList<string>> AskAsync(string word, int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
                { "title": "{{word}} {{i}}", "assignee": "ada@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }
                """)).Is(201)).TaskId);
        }

        return ids;
    }
}
