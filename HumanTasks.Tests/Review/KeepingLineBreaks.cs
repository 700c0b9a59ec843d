using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>Browsers send every line break as CRLF, show it as LF in a text area and have none in an input of one line.</summary>
public sealed class KeepingLineBreaks : IAsyncLifetime
{
    private const string Options = """ "options": [{ "value": "line one\nline two" }, { "value": "a\r\nb" }, { "value": "c\rd" }, { "value": "x" }] """;

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("radio", "line one\nline two")]
    [InlineData("radio", "a\r\nb")]
    [InlineData("dropdown", "c\rd")]
    [InlineData("buttons", "line one\nline two")]
    public async Task An_option_with_line_breaks_is_that_option_also_after_an_error(string display, string value)
    {
        var path = await site.AskAsync($$"""
            [{ "name": "c", "type": "choice", "required": true, "display": "{{display}}", {{Options}} },
             { "name": "m", "type": "multiChoice", {{Options}} },
             { "name": "rows", "type": "table", "minRows": 2, "fields": [{ "name": "o", "type": "choice", "display": "dropdown", {{Options}} }] },
             { "name": "seen", "type": "text", "required": true, "visibleWhen": { "field": "c", "equals": {{JsonValue.Create(value).ToJsonString()}} } }]
            """);

        var page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(
            await site.PageAsync(path), [("c", value), ("m", value), ("m", "x"), ("rows.0.o", value), ("rows.1.o", value.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal))]));

        Assert.Equal("seen is required.", page.QuerySelector("#problems li")!.TextContent.Trim());
        var stored = await SendAsync(path, page, ("seen", "yes"));
        Assert.Equal(value, (string?)stored["c"]);
        Assert.Equal([value, "x"], stored["m"]!.AsArray().Select(item => (string?)item));
        Assert.Equal([value, value], stored["rows"]!.AsArray().Select(row => (string?)row!["o"]));
    }

    [Theory]
    [InlineData("12 High St\nLondon")]
    [InlineData("12 High St\r\nLondon")]
    [InlineData("12 High St\rLondon\n\r\n")]
    [InlineData("\nLondon")]
    public async Task A_prefilled_text_comes_back_as_it_was(string text)
    {
        var path = await site.AskFormAsync(
            """
            { "fields": [{ "name": "one", "type": "text", "value": "{{text}}" }, { "name": "many", "type": "text", "multiline": true, "value": "{{text}}" },
              { "name": "rows", "type": "table", "fields": [{ "name": "at", "type": "text" }], "value": "{{rows}}" },
              { "name": "why", "type": "text", "required": true }] }
            """,
            context: new JsonObject { ["text"] = text, ["rows"] = new JsonArray(new JsonObject { ["at"] = "other" }, new JsonObject { ["at"] = text }) }.ToJsonString());
        var page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(await site.PageAsync(path), []));
        Assert.Equal("TEXTAREA", page.QuerySelector("#f-one")!.TagName);
        page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("_rows", "remove:rows:0")]));

        var stored = await SendAsync(path, page, ("why", "because"));

        Assert.Equal((text, text, text), ((string?)stored["one"], (string?)stored["many"], (string?)stored["rows"]![0]!["at"]));
    }

    [Fact]
    public async Task What_somebody_types_has_line_feeds()
    {
        var path = await site.AskAsync("""[{ "name": "one", "type": "text", "value": "a\r\nb" }, { "name": "many", "type": "text", "multiline": true }]""");

        var stored = await SendAsync(path, await site.PageAsync(path), ("one", "a\r\nb\r\nc"), ("many", "x\r\ny\u2028z"));

        Assert.Equal(("a\nb\nc", "x\ny\u2028z"), ((string?)stored["one"], (string?)stored["many"]));
    }

    [Fact]
    public async Task A_file_without_an_extension_is_known_by_its_content()
    {
        var path = await site.AskAsync("""[{ "name": "f", "type": "file" }, { "name": "p", "type": "file", "accept": [".pdf"] }]""");

        var answered = await site.SubmitAsync(await site.PageAsync(path), [], ("f", ".htaccess", "%PDF-1.7 hello"), ("p", "noextension", "%PDF-1.7 hello"));

        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var stored = await StoredAsync(path);
        Assert.Equal(("application/pdf", "application/pdf"), ((string?)stored["f"]!["contentType"], (string?)stored["p"]!["contentType"]));
    }

    private async Task<JsonObject> SendAsync(string path, IHtmlDocument page, params (string Name, string Value)[] changed)
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, changed)).StatusCode);
        return await StoredAsync(path);
    }

    private async Task<JsonObject> StoredAsync(string path) =>
        Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default)).Values;
}
