using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>Forms of several pages, tables whose rows come and go, names under a text, and what is only looked at: all without a script.</summary>
public sealed class AnsweringInSteps : IAsyncLifetime
{
    private const string Pages = """
        { "pages": [
            { "title": "You", "fields": [
                { "name": "name", "type": "text", "label": "Name", "required": true },
                { "name": "kind", "type": "choice", "label": "Kind", "options": [{ "value": "a", "label": "Abroad" }, { "value": "b", "label": "At home" }] },
                { "name": "proof", "type": "file", "label": "Proof" }] },
            { "title": "Abroad", "fields": [
                { "name": "country", "type": "text", "label": "Country", "required": true, "visibleWhen": { "field": "kind", "equals": "a" } }] },
            { "title": "Trip", "fields": [{ "name": "days", "type": "integer", "label": "Days", "required": true }] }] }
        """;

    private const string Table = """
        { "fields": [{ "name": "items", "type": "table", "label": "Items", "minRows": 1, "maxRows": 3, "value": "{{lines}}", "fields": [
            { "name": "what", "type": "text", "label": "What", "required": true },
            { "name": "count", "type": "integer", "label": "Count", "min": 1 },
            { "name": "kind", "type": "choice", "label": "Kind", "options": [{ "value": "a", "label": "First" }, { "value": "b", "label": "Second" }] }] }] }
        """;

    private const string Lines = """{ "lines": [{ "what": "Paper", "id": 7, "count": 3 }, { "what": "Ink" }] }""";

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Page_by_page_to_a_summary_and_back_without_loss()
    {
        var path = await site.AskFormAsync(Pages);
        var page = await site.PageAsync(path);
        Assert.Equal(("Step 1 of 4", "You"), (Text(page, ".progress p"), Text(page, ".progress h2")));
        Assert.Null(page.QuerySelector("#f-days"));

        var refused = await site.SubmitAsync(page, [("name", ""), ("_go", "next")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        page = await ReviewSite.ReadPageAsync(refused);
        Assert.Equal(["Name is required."], page.QuerySelectorAll("#problems li").Select(item => item.TextContent));

        page = await StepAsync(page, [("name", "Kim"), ("kind", "b"), ("_go", "next")], ("proof", "a.txt", "hello"));
        Assert.Equal("Trip", Text(page, ".progress h2")); // nothing is asked on the page between
        page = await StepAsync(page, [("days", "2"), ("_go", "back")]);
        Assert.Equal(("You", "Kim"), (Text(page, ".progress h2"), page.QuerySelector("#f-name")!.GetAttribute("value")));
        Assert.NotNull(page.QuerySelector(".kept"));

        page = await StepAsync(page, [("name", "Kim Lee"), ("kind", "a"), ("_go", "next")]);
        page = await StepAsync(page, [("country", "Peru"), ("_go", "next")]);
        Assert.Equal("2", page.QuerySelector("#f-days")!.GetAttribute("value"));
        page = await StepAsync(page, [("days", "5"), ("_go", "next")]);
        Assert.Equal("Check your answers", Text(page, ".progress h2"));
        Assert.Equal(
            ["Name: Kim Lee", "Kind: Abroad", "Proof: a.txt", "Country: Peru", "Days: 5"],
            page.QuerySelectorAll(".summary dl > div").Select(row => $"{Text(row, "dt")}: {Text(row, "dd")}"));
        page = await StepAsync(page, [("_go", "2")]);
        page = await StepAsync(page, [("days", "6"), ("_go", "next")]);

        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [])).StatusCode);
        var values = await ValuesAsync(path);
        Assert.Equal(("Kim Lee", "a", "Peru", 6, "a.txt"), (
            (string?)values["name"], (string?)values["kind"], (string?)values["country"], (int)values["days"]!, (string?)values["proof"]!["name"]));
    }

    [Fact]
    public async Task What_is_wrong_on_an_earlier_page_leads_back_to_it()
    {
        var path = await site.AskFormAsync(Pages);
        var page = await StepAsync(await site.PageAsync(path), [("name", "Kim"), ("_go", "2")]);

        var refused = await site.SubmitAsync(page, [("_page", "3"), ("days", "many")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        page = await ReviewSite.ReadPageAsync(refused);
        Assert.Equal(("Trip", "many"), (Text(page, ".progress h2"), page.QuerySelector("#f-days")!.GetAttribute("value")));
    }

    [Fact]
    public async Task A_program_answers_all_pages_at_once()
    {
        var path = await site.AskFormAsync(Pages);

        var refused = await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "kind": "a" } }""");
        Assert.Equal(3, (await ReviewSite.ReadJsonAsync(refused))["errors"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.OK, (await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "name": "Kim", "days": 1 } }""")).StatusCode);
    }

    [Fact]
    public async Task Rows_are_prefilled_added_and_removed_and_nothing_that_was_typed_is_lost()
    {
        var path = await site.AskFormAsync(Table, context: Lines);
        var page = await site.PageAsync(path);
        Assert.Equal(["Paper", "Ink"], Cells(page, "what"));

        page = await StepAsync(page, [("items.1.what", "Blue ink"), ("_rows", "add:items")]);
        Assert.Equal(["Paper", "Blue ink", ""], Cells(page, "what"));
        Assert.Equal("Row 3", Text(page, ".row[autofocus] legend"));
        Assert.Null(page.QuerySelector("#add-items"));
        page = await StepAsync(page, [("items.2.what", "Clips"), ("items.2.count", "9"), ("_rows", "remove:items:0")]);
        Assert.Equal(["Blue ink", "Clips"], Cells(page, "what"));
        Assert.Equal("Row 1", Text(page, ".row[autofocus] legend"));
        Assert.Null(page.QuerySelector("#form button")!.GetAttribute("name")); // the one that Enter presses takes no row away

        var refused = await site.SubmitAsync(page, [("items.1.count", "0"), ("items.0.kind", "b")]);
        page = await ReviewSite.ReadPageAsync(refused);
        Assert.Equal("#f-items.1.count", page.QuerySelector("#problems a")!.GetAttribute("href"));
        Assert.Equal("Row 2: Count must be 1 or more.", Text(page, "#problems a"));
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("items.1.count", "2")])).StatusCode);

        Assert.Equal(
            """[{"what":"Blue ink","count":null,"kind":"b"},{"what":"Clips","count":2,"kind":null}]""",
            (await ValuesAsync(path))["items"]!.ToJsonString());
    }

    [Fact]
    public async Task A_program_is_given_of_each_row_only_what_it_may_send_back()
    {
        var path = await site.AskFormAsync(Table, context: Lines);

        var asked = await ReviewSite.ReadJsonAsync(await site.JsonAsync(HttpMethod.Get, path));

        var rows = asked["form"]!["fields"]![0]!["value"]!;
        Assert.Equal("""[{"what":"Paper","count":3},{"what":"Ink"}]""", rows.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, (await site.JsonAsync(HttpMethod.Post, path, $$"""{ "values": { "items": {{rows.ToJsonString()}} } }""")).StatusCode);
    }

    [Fact]
    public async Task A_row_that_nobody_filled_in_is_none_and_too_few_are_refused()
    {
        var path = await site.AskFormAsync(Table, context: """{ "lines": [] }""");
        var page = await site.PageAsync(path);
        Assert.Equal([""], Cells(page, "what"));

        var refused = await site.SubmitAsync(page, []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        page = await ReviewSite.ReadPageAsync(refused);
        page = await StepAsync(page, [("_rows", "add:items")]);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("items.1.what", "Only")])).StatusCode);

        Assert.Equal("""[{"what":"Only","count":null,"kind":null}]""", (await ValuesAsync(path))["items"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{ "items": [{ "what": "x", "count": 0 }] }""", "/values/items/0/count")]
    [InlineData("""{ "items": [{ "count": 1 }] }""", "/values/items/0/what")]
    [InlineData("""{ "items": [{ "what": "x", "evil": 1 }] }""", "/values/items/0/evil")]
    [InlineData("""{ "items": [{ "what": "1" }, { "what": "2" }, { "what": "3" }, { "what": "4" }] }""", "/values/items")]
    [InlineData("""{ "items": [] }""", "/values/items")]
    [InlineData("""{ }""", "/values/items")]
    [InlineData("""{ "items": { "what": "x" } }""", "/values/items")]
    [InlineData("""{ "items": ["x"] }""", "/values/items")]
    public async Task A_program_s_rows_are_checked_each_at_its_place(string values, string pointer)
    {
        var path = await site.AskFormAsync(Table, context: Lines);

        var refused = await site.JsonAsync(HttpMethod.Post, path, $$"""{ "values": {{values}} }""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(pointer, (await ReviewSite.ReadJsonAsync(refused))["errors"]!.AsArray().Select(error => (string?)error!["pointer"]));
    }

    [Fact]
    public async Task A_name_is_kept_with_the_text_that_stood_above_it()
    {
        var path = await site.AskFormAsync("""
            { "fields": [{ "name": "sign", "type": "signature", "label": "Your name", "required": true, "consent": "I pay {{invoice.number}}." }] }
            """);
        var page = await site.PageAsync(path);
        Assert.Equal("I pay 2026-118.", Text(page, ".consent"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.SubmitAsync(page, [("sign", "K")])).StatusCode);

        var response = await site.SubmitAsync(page, [("sign", "Kim Lee")]);

        Assert.Equal("""{"name":"Kim Lee","consent":"I pay 2026-118."}""", (await ValuesAsync(path))["sign"]!.ToJsonString());
        Assert.Contains("Signed by Kim Lee", (await site.PageAsync(response.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        var stored = (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0];
        var payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(stored.Receipt!.Split('.')[1]));
        Assert.Contains("I pay 2026-118.", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_pictures_and_documents_are_shown_and_answered_nothing()
    {
        const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        var path = await site.AskFormAsync(
            """
            { "fields": [
                { "name": "text", "type": "display", "markdown": "**Look** at {{note}}" },
                { "name": "picture", "type": "display", "label": "The picture", "value": "{{picture}}" },
                { "name": "pdf", "type": "display", "label": "The contract", "value": "{{pdf}}" },
                { "name": "ok", "type": "boolean", "label": "OK" }] }
            """,
            context: $$"""{ "note": "<b>[x](https://evil.example)", "picture": "data:image/png;base64,{{Pixel}}", "pdf": "data:application/pdf;base64,{{Convert.ToBase64String("%PDF-1.7 x"u8)}}" }""");
        var page = await site.PageAsync(path);

        Assert.Equal("Look", Text(page, ".prose strong"));
        Assert.Null(page.QuerySelector(".prose b"));
        Assert.Null(page.QuerySelector(".prose a"));
        var picture = await site.SendAsync(HttpMethod.Get, page.QuerySelector(".shown img")!.GetAttribute("src")!);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Convert.FromBase64String(Pixel), await picture.Content.ReadAsByteArrayAsync());
        var pdf = await site.SendAsync(HttpMethod.Get, page.QuerySelector(".shown iframe")!.GetAttribute("src")!);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Contains("frame-ancestors 'self'", pdf.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync(HttpMethod.Get, $"{path}/shown/text")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "text": "x" } }""")).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("ok", "true")])).StatusCode);
        Assert.Equal(["ok"], (await ValuesAsync(path)).Select(value => value.Key));
    }

    [Theory]
    [InlineData("data:text/html;base64,PHNjcmlwdD4=")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=")]
    [InlineData("https://evil.example/x.png")]
    [InlineData("just a text")]
    public async Task What_is_no_picture_and_no_document_is_not_shown(string value)
    {
        await site.Harness.SaveAsync("show", """
            [{ "type": "humanTask", "name": "show", "assignee": "kim@example.com", "title": "Look",
               "form": { "fields": [{ "name": "x", "type": "display", "value": "{{x}}" }] } }]
            """);

        var run = await site.Harness.StartAsync("show", new JsonObject { ["x"] = value }.ToJsonString());

        Assert.IsType<Core.Runs.RunState.Failed>(run.State);
    }

    [Fact]
    public async Task A_file_of_another_run_is_not_shown_whatever_the_context_says_of_it()
    {
        var other = await site.AskAsync("""[{ "name": "f", "type": "file", "label": "F" }]""", """, "maxUses": 2""");
        await site.SubmitAsync(await site.PageAsync(other), [], ("f", "a.txt", "a secret"));
        var file = (await ValuesAsync(other))["f"]!.ToJsonString();

        var path = await site.AskFormAsync(
            """{ "fields": [{ "name": "x", "type": "display", "label": "X", "value": "{{f}}" }] }""", context: $$"""{ "f": {{file}} }""");

        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync(HttpMethod.Get, $"{path}/shown/x")).StatusCode);
    }

    [Fact]
    public async Task A_file_that_was_uploaded_in_this_run_is_shown_to_whom_is_asked_next()
    {
        await site.Harness.SaveAsync("two", """
            [{ "type": "humanTask", "name": "first", "assignee": "a@example.com", "title": "First", "form": { "fields": [{ "name": "f", "type": "file", "label": "F" }] } },
             { "type": "humanTask", "name": "second", "assignee": "b@example.com", "title": "Second",
               "form": { "fields": [{ "name": "x", "type": "display", "label": "The file", "value": "{{first.values.f}}" }, { "name": "ok", "type": "boolean", "label": "OK" }] } }]
            """);
        var run = await site.Harness.StartAsync("two");
        var first = $"/task/{site.Harness.Tokens.Sign(new Core.Links.LinkClaim(run.Id, "first", 0))}";
        await site.VerifyAsync(first);
        await site.SubmitAsync(await site.PageAsync(first), [], ("f", "a.pdf", "%PDF-1.7 the contract"));
        site.Harness.Mail.Sent.Clear();
        await site.Harness.SettleAsync();
        site.ForgetCookies();

        var second = $"/task/{site.Harness.Tokens.Sign(new Core.Links.LinkClaim(run.Id, "second", 0))}";
        Assert.NotEqual(HttpStatusCode.OK, (await site.SendAsync(HttpMethod.Get, $"{second}/shown/x")).StatusCode);
        await site.VerifyAsync(second);
        var page = await site.PageAsync(second);
        var shown = await site.SendAsync(HttpMethod.Get, page.QuerySelector(".shown iframe")!.GetAttribute("src")!);

        Assert.Equal("%PDF-1.7 the contract", await shown.Content.ReadAsStringAsync());
        Assert.Equal("Open a.pdf", Text(page, ".shown a"));
    }

    private async Task<IHtmlDocument> StepAsync(
        IHtmlDocument page, (string Name, string Value)[] changed, params (string Field, string Name, string Content)[] files)
    {
        var response = await site.SubmitAsync(page, changed, files);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReviewSite.ReadPageAsync(response);
    }

    private async Task<JsonObject> ValuesAsync(string path) =>
        (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0].Values;

    private static IEnumerable<string?> Cells(IHtmlDocument page, string column) =>
        page.QuerySelectorAll($"input[name$='.{column}']").Select(input => input.GetAttribute("value"));

    private static string Text(IParentNode page, string selector) =>
        page.QuerySelector(selector)?.TextContent.Trim() ?? throw new InvalidOperationException($"There is no {selector}.");
}
