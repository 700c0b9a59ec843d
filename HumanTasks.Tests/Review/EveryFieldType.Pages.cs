using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Tests.Review;

public sealed partial class EveryFieldType
{
    [Theory]
    [MemberData(nameof(Asking))]
    public async Task It_is_answered_on_a_page_without_a_script_and_stands_on_the_receipt(string name)
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync($"[{Definition(name, prefill: true)}]");
        var page = await site.PageAsync(path);
        Assert.Contains(Label, page.QuerySelector("[data-field=thing]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.QuerySelector("[data-field=thing]")!.GetAttribute("data-read"),
            (string[])["text", "number", "truth", "list", "files", "rows", "date", "time", "dateTime"]);

        var response = await site.SubmitAsync(page, [], FilesOf(name));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        await IsStoredAsync(site, path, name);
        var receipt = await site.PageAsync(response.Headers.Location!.ToString());
        Assert.All(WordsOf(name), words => Assert.Contains(words, Plain(receipt.QuerySelector("main")!.TextContent), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task A_page_without_an_answer_says_so_at_the_field(string name)
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync($"[{Definition(name)}]");

        var response = await site.SubmitAsync(await site.PageAsync(path), []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.NotNull((await ReviewSite.ReadPageAsync(response)).QuerySelector("[data-field=thing].wrong .error"));
    }

    [Theory]
    [MemberData(nameof(Prefilled))]
    public async Task It_is_answered_as_JSON(string name)
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync($"[{Definition(name)}]");

        var response = await site.JsonAsync(HttpMethod.Post, path, new JsonObject { ["values"] = new JsonObject { ["thing"] = Of(name).Example() } }.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await IsStoredAsync(site, path, name);
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task It_is_answered_in_parts(string name)
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync($"[{Definition(name)}]");
        var values = FilesOf(name).Length > 0 ? new JsonObject() : new JsonObject { ["thing"] = Of(name).Example() };

        var response = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = ReviewSite.Multipart([("values", values.ToJsonString())], FilesOf(name));
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await IsStoredAsync(site, path, name);
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task It_goes_along_through_pages_and_stands_in_the_summary(string name)
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync(
            $$"""{ "pages": [{ "fields": [{{Definition(name, prefill: true)}}] }, { "fields": [{ "name": "note", "type": "text" }] }] }""");
        var second = await ReviewSite.ReadPageAsync(await site.SubmitAsync(await site.PageAsync(path), [("_go", "next")], FilesOf(name)));
        Assert.NotNull(second.QuerySelector("textarea[name=note], input[name=note]:not([type=hidden])"));

        var summary = await ReviewSite.ReadPageAsync(await site.SubmitAsync(second, [("_go", "next")]));

        Assert.All(
            FilesOf(name) is [var file] ? [file.Name] : WordsOf(name),
            words => Assert.Contains(words, Plain(summary.QuerySelector(".summary")!.TextContent), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(summary, [])).StatusCode);
        await IsStoredAsync(site, path, name);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task It_is_a_column_of_a_table(string name)
    {
        await using var site = new ReviewSite();
        var rows = new JsonArray(new JsonObject { ["thing"] = Of(name).Example() }, new JsonObject { ["thing"] = Of(name).Example() });
        var path = await site.AskAsync($$"""[{ "name": "rows", "type": "table", "required": true, "value": {{rows.ToJsonString()}}, "fields": [{{Definition(name)}}] }]""");

        var response = await site.SubmitAsync(await site.PageAsync(path), []);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var answer = Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
        Assert.True(JsonValues.AreEqual(rows, answer.Values["rows"]), answer.Values.ToJsonString());
    }
}
