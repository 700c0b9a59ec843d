using System.Net;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Review;

/// <summary>A page shows every field, so that a field that it sends empty or not at all is empty.</summary>
public sealed class EmptyingFields
{
    private const string Context = """
        {"amount":15,"note":"old","colours":["a"],"size":"s","agree":true,"paper":{"name":"old"},"why":"old","fixed":"x","by":"old","rows":[{"a":"old","b":true}],"later":"old","kept":"old"}
        """;

    private const string Fields = """
        { "name": "amount", "type": "number", "value": "{{amount}}" },
        { "name": "note", "type": "text", "multiline": true, "value": "{{note}}" },
        { "name": "colours", "type": "multiChoice", "options": [{ "value": "a" }, { "value": "b" }], "value": "{{colours}}" },
        { "name": "size", "type": "choice", "options": [{ "value": "s" }, { "value": "l" }], "value": "{{size}}" },
        { "name": "agree", "type": "boolean", "value": "{{agree}}" },
        { "name": "why", "type": "text", "visibleWhen": { "field": "size", "equals": "l" } },
        { "name": "fixed", "type": "text", "readOnly": true, "value": "{{fixed}}" },
        { "name": "by", "type": "signature", "consent": "I agree." },
        { "name": "rows", "type": "table", "fields": [{ "name": "a", "type": "text" }, { "name": "b", "type": "boolean" }] }
        """;

    private const string Emptied = """
        {"amount":null,"note":null,"colours":null,"size":null,"agree":false,"paper":null,"why":null,"fixed":"x","by":null,"rows":null,"later":null,"kept":"old"}
        """;

    [Theory]
    [InlineData("")]
    [InlineData(""", { "name": "paper", "type": "file" }""")] // multipart
    public async Task What_a_page_sends_empty_is_null_and_an_unticked_box_is_false(string file)
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync($$"""{ "fields": [{{Fields}}{{file}}, { "name": "later", "type": "date" }] }""", context: Context);
        var page = await site.PageAsync(path);

        // boxes and options that are not chosen do not come at all
        var answered = await site.SubmitAsync(page, [("amount", ""), ("note", " "), ("agree", "false"), ("later", ""), ("colours", ""), ("rows.0.a", ""), ("size", "")]);

        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var expected = JsonNode.Parse(Emptied)!;
        if (file.Length == 0)
        {
            expected["paper"] = JsonNode.Parse(Context)!["paper"]!.DeepClone();
        }

        AssertSame(expected.ToJsonString(), await GoneOnAsync(site, path));
    }

    [Fact]
    public async Task A_box_that_is_ticked_and_one_that_is_not_are_both_answers_in_a_row()
    {
        await using var site = new ReviewSite();
        var path = await site.AskAsync("""[{ "name": "rows", "type": "table", "fields": [{ "name": "a", "type": "text" }, { "name": "b", "type": "boolean" }, { "name": "c", "type": "date" }] }]""");

        await site.SubmitAsync(await site.PageAsync(path), [("rows.0.a", "x"), ("rows.0.b", "false")]);

        var gone = await GoneOnAsync(site, path);
        AssertSame("""[{"a":"x","b":false,"c":null}]""", gone["rows"]!);
    }

    [Fact]
    public async Task Fields_of_other_pages_of_a_form_are_as_they_were_left_there()
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync("""
            { "pages": [
              { "fields": [{ "name": "note", "type": "text", "value": "{{note}}" }, { "name": "agree", "type": "boolean", "value": "{{agree}}" }] },
              { "fields": [{ "name": "colours", "type": "multiChoice", "options": [{ "value": "a" }], "value": "{{colours}}" }, { "name": "size", "type": "text", "value": "{{size}}" }] }] }
            """, context: Context);
        var first = await site.PageAsync(path);
        var second = await ReviewSite.ReadPageAsync(await site.SubmitAsync(first, [("note", ""), ("_go", "next")]));
        var summary = await ReviewSite.ReadPageAsync(await site.SubmitAsync(second, [("colours", ""), ("_go", "next")]));

        var answered = await site.SubmitAsync(summary, []);

        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var gone = await GoneOnAsync(site, path);
        Assert.Null(gone["note"]);
        Assert.Null(gone["colours"]);
        Assert.Equal("s", (string?)gone["size"]);
    }

    [Fact]
    public async Task A_program_that_posts_JSON_names_what_it_means()
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync($$"""{ "fields": [{{Fields}}, { "name": "paper", "type": "file" }] }""", context: Context);

        var answered = await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "amount": null, "note": "", "colours": [], "paper": "", "size": "l", "why": "now" } }""");

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var expected = JsonNode.Parse(Context)!;
        foreach (var name in (string[])["amount", "note", "colours", "paper"])
        {
            expected[name] = null;
        }

        (expected["size"], expected["why"]) = ("l", "now");
        AssertSame(expected.ToJsonString(), await GoneOnAsync(site, path));
    }

    [Fact]
    public async Task A_program_that_posts_a_form_names_what_it_means_too()
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync($$"""{ "fields": [{{Fields}}] }""", context: Context);

        var answered = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("note", "")]);
        });

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var expected = JsonNode.Parse(Context)!;
        (expected["note"], expected["why"]) = (null, null); // 'size' is left out, so that nothing asks why
        AssertSame(expected.ToJsonString(), await GoneOnAsync(site, path));
    }

    [Fact]
    public async Task The_same_page_sent_twice_is_the_same_submission()
    {
        await using var site = new ReviewSite();
        var path = await site.AskFormAsync($$"""{ "fields": [{{Fields}}] }""", context: Context);
        var page = await site.PageAsync(path);

        var first = await site.SubmitAsync(page, [("amount", "")]);
        var again = await site.SubmitAsync(page, [("amount", "")]);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    private static async Task<JsonObject> GoneOnAsync(ReviewSite site, string path)
    {
        var task = await site.TaskOfAsync(path);
        await site.Harness.AdvanceAsync(task.RunId, Core.Runs.Signal.Continue);
        var run = await site.Harness.FindAsync(task.RunId);
        return Assert.Single(await site.Harness.ContinuationsAsync(run)).Context;
    }

    private static void AssertSame(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected.Trim()}{Environment.NewLine}but it is {actual.ToJsonString()}");
}
