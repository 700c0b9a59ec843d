using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Web.Studio.Tasks;

namespace HumanTasks.Tests.Studio;

/// <summary>The list of tasks of somebody with forty of them a day.</summary>
public class WorkingThroughAQueue(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Path = "/studio/default/tasks";

    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task It_opens_on_what_waits_for_the_member_else_on_all_that_is_pending()
    {
        var (walker, reader) = (await host.AsAsync("walker"), await host.AsAsync("reader"));
        var mine = await AskAsync(Steps.Unique("mine"), "walker@example.com");
        var other = await AskAsync(Steps.Unique("other"), "ada@example.com");

        var opened = await PageAsync(walker, Path);
        Assert.Equal("Mine", Current(opened));
        Assert.Contains(mine, Ids(opened));
        Assert.DoesNotContain(other, Ids(opened));
        var all = await PageAsync(reader, Path);
        Assert.Equal("All", Current(all));
        Assert.StartsWith("Pending", Words(Assert.Single(all.QuerySelectorAll(".tabs:last-of-type [aria-current]"))), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task What_several_candidates_can_claim_waits_for_each_of_them()
    {
        var word = Steps.Unique("claim");
        var task = (await Api.PostAsync("/api/tasks", $$"""
            { "title": "{{word}}", "candidates": ["walker@example.com", "ada@example.com"], "form": { "fields": [{ "name": "a", "type": "text" }] } }
            """)).Is(201).Text("/taskId");

        Assert.Equal([task], Ids(await PageAsync(await host.AsAsync("walker"), $"{Path}?mine=true&q={word}")));
        Assert.Empty(Ids(await PageAsync(await host.AsAsync("owner"), $"{Path}?mine=true&q={word}")));
    }

    [OwnHostFact]
    public async Task What_waits_for_a_responder_includes_what_is_assigned_to_nobody()
    {
        var responder = await host.AsAsync("responder");
        var (nobodys, mine, other) = ((await Api.InterveneAsync()).TaskId, await AskAsync("Mine", "responder@example.com"), await AskAsync("Other", "ada@example.com"));

        var ids = Ids(await PageAsync(responder, $"{Path}?mine=true&sort=-createdAt"));

        Assert.Superset(new HashSet<string> { nobodys, mine }, ids.ToHashSet());
        Assert.DoesNotContain(other, ids);
    }

    [OwnHostFact]
    public async Task What_is_due_first_comes_first_and_what_is_overdue_has_a_mark_of_its_own()
    {
        var word = Steps.Unique("due");
        var (late, never, soon) = (
            await AskAsync($"{word} late", "ada@example.com", "\"dueInHours\": 0.0000001,"),
            await AskAsync($"{word} never", "ada@example.com"),
            await AskAsync($"{word} soon", "ada@example.com", "\"dueInHours\": 3,"));

        var page = await PageAsync(await host.AsAsync("editor"), $"{Path}?q={word}");

        Assert.Equal([late, soon, never], Ids(page));
        Assert.Equal(["Overdue", "Pending", "Pending"], page.QuerySelectorAll("tbody .mark").Select(Words));
        Assert.Equal(["mark overdue", "mark pending", "mark pending"], page.QuerySelectorAll("tbody .mark").Select(mark => mark.ClassName));
    }

    [OwnHostFact]
    public async Task It_is_filtered_by_rule_set_assignee_due_date_creation_and_language()
    {
        var word = Steps.Unique("filter");
        var name = await Api.SaveAsync($$"""[{ "type": "humanTask", "name": "ask", "title": "{{word}}", "assignee": "ann@example.com", "form": {{Steps.DecisionForm.Replace("{{invoice.amount}}", "1", StringComparison.Ordinal)}} }]""");
        var run = (await Api.StartAsync(name)).Text("/runId");
        var ofRules = (await Steps.UntilAsync(() => Api.GetAsync($"/api/tasks?runId={run}"), found => found["/items"]!.AsArray().Count > 0)).Text("/items/0/id");
        var due = await AskAsync(word, "bob@example.com", "\"dueInHours\": 2, \"language\": \"de\",");
        var editor = await host.AsAsync("editor");

        async Task<IReadOnlyList<string>> FilteredAsync(string by) => Ids(await PageAsync(editor, $"{Path}?q={word}&sort=createdAt&{by}"));
        Assert.Equal([ofRules, due], await FilteredAsync("status=pending"));
        Assert.Equal([ofRules], await FilteredAsync($"ruleSet={name}"));
        Assert.Equal([due], await FilteredAsync("ruleSet=~task"));
        Assert.Equal([due], await FilteredAsync("assignee=Bob@example.com"));
        Assert.Equal([due], await FilteredAsync("due=day"));
        Assert.Equal([ofRules], await FilteredAsync("due=none"));
        Assert.Empty(await FilteredAsync("due=overdue"));
        Assert.Equal([due], await FilteredAsync("language=de"));
        Assert.Equal([ofRules, due], await FilteredAsync("created=day"));
        Assert.Empty(await FilteredAsync("created=older"));
        var page = await PageAsync(editor, $"{Path}?q={word}&ruleSet={name}&due=none");
        Assert.Equal("1", page.QuerySelector(".tabs:last-of-type [aria-current] .count")!.TextContent);
        var without = page.QuerySelectorAll(".chip").Single(chip => chip.TextContent.Contains(name, StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.DoesNotContain("ruleSet", without, StringComparison.Ordinal);
        Assert.Contains("due=none", without, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Tabs_count_and_pages_go_on_and_back_and_say_where_one_is()
    {
        var word = Steps.Unique("pages");
        for (var i = 0; i < 107; i++)
        {
            await AskAsync(word, "ada@example.com");
        }

        var editor = await host.AsAsync("editor");
        var first = await PageAsync(editor, $"{Path}?status=pending&q={word}");
        Assert.Equal("107", first.QuerySelector(".tabs:last-of-type [aria-current] .count")!.TextContent);
        Assert.Equal("(107) Tasks", first.Title);
        Assert.Null(first.QuerySelector("a[rel=prev]"));
        var second = await FollowAsync(editor, first, "next");
        var third = await FollowAsync(editor, second, "next");
        Assert.Equal(["1–50 of 107", "51–100 of 107", "101–107 of 107"], new[] { first, second, third }.Select(page => Words(page.QuerySelector(".pages span")!)));
        Assert.Null(third.QuerySelector("a[rel=next]"));
        Assert.Equal(107, Ids(first).Concat(Ids(second)).Concat(Ids(third)).Distinct().Count());
        var back = await FollowAsync(editor, third, "prev");
        Assert.Equal(Ids(second), Ids(back));
        Assert.Equal(Ids(first), Ids(await FollowAsync(editor, back, "prev")));
        (await editor.PageAsync($"{Path}?cursor=bent&page=x&before=bent")).Is(400);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_000, "1,000")]
    [InlineData(1_001, "1,000+")]
    public void Counts_are_exact_up_to_a_thousand(int count, string shown) => Assert.Equal(shown, TaskListPage.Number(count));

    [OwnHostFact]
    public async Task A_member_saves_a_list_under_a_name_which_nobody_else_sees()
    {
        var (name, query) = ($"<b>{Steps.Unique("View")}</b>", "?status=completed&q=invoice&due=week&view=cards&columns=show%3Ainvoice.number");
        var editor = await host.AsAsync("editor");

        Assert.Equal(Path + query, (await editor.FormAsync($"{Path}/views", ("name", $" {name} "), ("query", query))).Is(303).Header("Location"));
        (await editor.FormAsync($"{Path}/views", ("name", name.ToUpperInvariant()), ("query", "?status=rejected"))).Is(303);
        (await editor.FormAsync($"{Path}/views", ("name", name), ("query", query))).Is(303);

        var page = await PageAsync(editor, Path + query);
        var view = Assert.Single(page.QuerySelectorAll(".views a"), link => link.TextContent.Equals(name, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((Path + query, "page"), (view.GetAttribute("href"), view.GetAttribute("aria-current")));
        Assert.DoesNotContain(name, (await PageAsync(await host.AsAsync("owner"), Path)).Body!.TextContent, StringComparison.Ordinal);
        (await editor.FormAsync($"{Path}/views", ("name", " "), ("query", query))).Is(422);
        (await editor.FormAsync($"{Path}/views", ("name", new string('n', 61)), ("query", query))).Is(422);
        Assert.Equal(
            $"{Path}?status=pending&view=table", (await editor.FormAsync($"{Path}/views", ("name", "forged"), ("query", "?status=x&next=//evil.example"))).Is(303).Header("Location"));
        foreach (var saved in (string[])[name, "forged"])
        {
            (await editor.FormAsync($"{Path}/views/delete", ("name", saved), ("query", query))).Is(303);
        }

        Assert.Empty((await PageAsync(editor, Path + query)).QuerySelectorAll(".views a"));
    }

    [OwnHostFact]
    public async Task Columns_show_values_of_forms_and_of_what_a_task_shows_and_hide_secrets()
    {
        var word = Steps.Unique("columns");
        const string Iban = "DE02120300000000202051";
        var name = Steps.Unique("secret-columns");
        (await Api.PutAsync($"/api/rule-sets/{name}", $$$"""
            { "secrets": ["invoice.iban"], "actions": [{ "type": "humanTask", "name": "ask", "title": "{{{word}}}", "assignee": "ada@example.com", "show": ["invoice"],
              "form": { "fields": [{ "name": "note", "type": "text", "label": "Your note", "value": "{{invoice.number}}" }, { "name": "account", "type": "text", "value": "{{invoice.iban}}" }] } }] }
            """)).Is(201);
        (await Api.StartAsync(name, $$"""{ "context": { "invoice": { "number": "R-77", "amount": 1200.5, "iban": "{{Iban}}" } } }""")).Is(202);
        await Steps.UntilAsync(() => Api.GetAsync($"/api/tasks?q={word}"), found => found["/items"]!.AsArray().Count > 0);
        var editor = await host.AsAsync("editor");
        var query = $"?q={word}&columns=show:invoice.number&columns=show:invoice.amount&columns=show:invoice.iban&columns=field:note&columns=field:account&columns=nothing:x";

        var page = await PageAsync(editor, Path + query);

        Assert.Equal(["Number", "Amount", "Iban", "Your note", "account"], page.QuerySelectorAll("thead .c-value").Select(Words));
        Assert.Equal(["R-77", "1,200.50", "••••••", "R-77", "••••••"], page.QuerySelectorAll("tbody .c-value").Select(Words));
        Assert.DoesNotContain(Iban, page.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("#columns input"), box => box.GetAttribute("value") == "field:note" && box.HasAttribute("checked"));
        var csv = (await editor.GetAsync($"{Path}/export.csv{query}")).Is(200);
        Assert.EndsWith(",R-77,1200.5,••••••,R-77,••••••", Lines(csv)[1], StringComparison.Ordinal);

        var task = Ids(page)[0];
        (await Api.PostAsync($"/api/tasks/{task}/responses", $$"""{ "values": { "note": "typed", "account": "{{Iban}}" } }""")).Is(200);
        var over = await PageAsync(editor, $"{Path}{query}&status=completed");
        Assert.Equal(["typed", "••••••"], over.QuerySelectorAll("tbody .c-value").Skip(3).Select(Words));
    }

    [OwnHostFact]
    public async Task An_export_holds_what_is_filtered_and_runs_no_formula()
    {
        var word = Steps.Unique("export");
        await AskAsync($"=HYPERLINK(\\\"http://evil.example\\\") {word}", "ada@example.com");
        await AskAsync($"  +cmd|' /C calc'!A0, {word}", "ada@example.com");
        await AskAsync(Steps.Unique("another"), "ada@example.com");
        var editor = await host.AsAsync("editor");

        var csv = (await editor.GetAsync($"{Path}/export.csv?q={word}&sort=createdAt")).Is(200);

        Assert.Equal(("text/csv; charset=utf-8", "no-store"), (csv.Header("Content-Type"), csv.Header("Cache-Control")));
        Assert.Contains("attachment; filename=tasks.csv", csv.Header("Content-Disposition"), StringComparison.Ordinal);
        var lines = Lines(csv);
        Assert.Equal("ID,Title,Status,Assignee,Due,Created,Expires,Rule set,Correlation ID", lines[0].TrimStart('\uFEFF'));
        Assert.Equal(3, lines.Length);
        Assert.Contains($",\"'=HYPERLINK(\"\"http://evil.example\"\") {word}\",pending,ada@example.com,", lines[1], StringComparison.Ordinal);
        Assert.Contains($",\"'+cmd|' /C calc'!A0, {word}\",", lines[2].Replace("  +", "+", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("", "")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, QueueCsv.Cell(text));

    [OwnHostFact]
    public async Task An_export_holds_only_what_its_reader_may_see()
    {
        var word = Steps.Unique("apart");
        var mine = await AskAsync(word, "responder@example.com");
        await AskAsync(word, "ada@example.com");
        (await host.ApiElsewhere.PostAsync("/api/tasks", $$"""{ "title": "{{word}}", "assignee": "responder@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }""")).Is(201);

        var lines = Lines((await (await host.AsAsync("responder")).GetAsync($"{Path}/export.csv?q={word}")).Is(200));

        Assert.StartsWith(mine, Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
        (await (await host.AsAsync("stranger")).PageAsync($"{Path}/export.csv?q={word}")).Is(404);
    }

    [OwnHostFact]
    public async Task The_first_load_of_the_queue_is_small()
    {
        var word = Steps.Unique("small");
        for (var i = 0; i < 50; i++)
        {
            await AskAsync($"{word} Genehmigung der Donaudampfschifffahrtsgesellschaft", $"{word}@example.com");
        }

        var editor = await host.AsAsync("editor");
        var reply = (await editor.PageAsync($"{Path}?q={word}")).Is(200);
        var page = Parse(reply);
        var size = Encoding.UTF8.GetByteCount(reply.Body);
        foreach (var asset in page.QuerySelectorAll("link[href^='/assets'], script[src]").Select(item => item.GetAttribute("href") ?? item.GetAttribute("src")!))
        {
            size += Encoding.UTF8.GetByteCount((await editor.GetAsync(asset)).Is(200).Body);
        }

        Assert.Equal(50, Ids(page).Count);
        Assert.True(size < 150_000, $"{size} bytes");
    }

    private static string[] Lines(Reply csv) => csv.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Words(INode node) => node.TextContent.Trim();

    private static string Current(IHtmlDocument page) => Words(page.QuerySelector(".tabs [aria-current]")!).Split(' ')[0].Trim();

    private static IReadOnlyList<string> Ids(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!.Split('/')[^1].Split('?')[0])];

    private static IHtmlDocument Parse(Reply reply) => new HtmlParser().ParseDocument(reply.Body);

    private static async Task<IHtmlDocument> PageAsync(MemberClient member, string path) => Parse((await member.PageAsync(path)).Is(200));

    private static Task<IHtmlDocument> FollowAsync(MemberClient member, IHtmlDocument page, string rel) =>
        PageAsync(member, page.QuerySelector($"a[rel={rel}]")!.GetAttribute("href")!);

    private async Task<string> AskAsync(string title, string who, string more = "") => Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
        { {{more}} "title": "{{title}}", "assignee": "{{who}}", "form": { "fields": [{ "name": "note", "type": "text" }] } }
        """)).Is(201)).TaskId;
}
