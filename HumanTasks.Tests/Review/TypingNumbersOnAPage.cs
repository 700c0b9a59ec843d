using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Review;

/// <summary>The language of a page is the language of its numbers, from what is prefilled to what is stored.</summary>
public sealed class TypingNumbersOnAPage : IAsyncLifetime
{
    private const string Amount = """[{ "name": "n", "type": "number", "label": "Amount" }]""";

    private const string Reasoned = """
        [{ "name": "n", "type": "number", "label": "Amount" },
         { "name": "why", "type": "text", "label": "Why", "required": true, "visibleWhen": { "field": "n", "op": "gt", "value": 1000 } }]
        """;

    private readonly ReviewSite site = new();

    public static TheoryData<string> OurLanguages() => [.. Languages.All];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("en", "1,250", "1250")]
    [InlineData("de", "1.250", "1250")]
    [InlineData("fr", "1 250,5", "1250.5")]
    [InlineData("de", "1,250.75", "1250.75")]
    [InlineData("en", "1.250,75", "1250.75")]
    public async Task The_mark_of_the_page_s_own_language_groups(string language, string typed, string stored)
    {
        var path = await AskAsync(Amount, language);

        Assert.Equal(stored, (await StoredAsync(path, await SendAsync(path, ("n", typed))))["n"]!.ToJsonString());
    }

    [Theory]
    [InlineData("en", "1.250", "Amount: “1.250” can be 1.25 or 1,250. Type 1.25 or 1250.")]
    [InlineData("en", "1.255", "Amount: “1.255” can be 1.255 or 1,255. Type 1.2550 or 1255.")]
    [InlineData("de", "1,250", "Amount: „1,250“ kann 1,25 oder 1.250 bedeuten. Schreiben Sie 1,25 oder 1250.")]
    public async Task A_number_with_two_readings_is_refused_and_both_are_named(string language, string typed, string message)
    {
        foreach (var type in (string[])["number", "integer"])
        {
            var path = await AskAsync($$"""[{ "name": "n", "type": "{{type}}", "label": "Amount" }]""", language);

            var refused = await SendAsync(path, ("n", typed));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var page = await ReviewSite.ReadPageAsync(refused);
            Assert.Equal(message, page.QuerySelector("#problems li")!.TextContent.Trim());
            Assert.Equal(typed, page.QuerySelector("#f-n")!.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task Three_decimals_are_no_doubt_where_the_step_has_them()
    {
        var path = await AskAsync("""[{ "name": "n", "type": "number", "label": "Amount", "step": 0.001 }]""", "en");

        Assert.Equal("1.250", (await StoredAsync(path, await SendAsync(path, ("n", "1.250"))))["n"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(OurLanguages))]
    public async Task What_is_prefilled_comes_back_as_it_was(string language)
    {
        site.Accepts = language;
        var path = await site.AskFormAsync(
            """
            { "fields": [{ "name": "a", "type": "number", "value": "{{a}}" }, { "name": "b", "type": "number", "value": 1.255 }, { "name": "c", "type": "integer", "value": 1250 },
              { "name": "d", "type": "number", "step": 0.001, "value": 1.25 },
              { "name": "rows", "type": "table", "fields": [{ "name": "n", "type": "number" }], "value": [{ "n": 12.345 }, { "n": 1234567.5 }] }] }
            """,
            context: """{ "a": 1.2e3 }""");

        var stored = await StoredAsync(path, await SendAsync(path));

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse("""{ "a": 1200, "b": 1.2550, "c": 1250, "d": 1.25, "rows": [{ "n": 12.3450 }, { "n": 1234567.5 }] }"""), stored),
            stored.ToJsonString());
    }

    [Fact]
    public async Task The_cells_of_a_table_are_read_the_same_way()
    {
        var path = await AskAsync("""[{ "name": "rows", "type": "table", "label": "Rows", "fields": [{ "name": "n", "type": "number", "label": "N" }] }]""", "de");

        var refused = await ReviewSite.ReadPageAsync(await SendAsync(path, ("rows.0.n", "1,250"), ("rows.1.n", "2.500")));
        Assert.Contains("N: „1,250“ kann 1,25 oder 1.250 bedeuten.", refused.QuerySelector("#problems li")!.TextContent, StringComparison.Ordinal);

        var stored = await StoredAsync(path, await site.SubmitAsync(refused, [("rows.0.n", "1.250"), ("rows.1.n", "2.500")]));
        Assert.Equal("""{"rows":[{"n":1250},{"n":2500}]}""", stored.ToJsonString());
    }

    [Fact]
    public async Task Numbers_go_along_through_the_pages_of_a_form()
    {
        site.Accepts = "de";
        var path = await site.AskFormAsync("""
            { "pages": [{ "title": "1", "fields": [{ "name": "n", "type": "number" }] },
                        { "title": "2", "fields": [{ "name": "why", "type": "text", "required": true, "visibleWhen": { "field": "n", "op": "gt", "value": 1000 } }, { "name": "m", "type": "integer" }] }] }
            """);

        var second = await ReviewSite.ReadPageAsync(await SendAsync(path, ("n", "1.500,50"), ("_go", "next")));
        Assert.Null(second.QuerySelector("[data-field=why]")!.GetAttribute("data-hidden"));
        Assert.Equal("1500.50", second.QuerySelector("[data-field=n]")!.GetAttribute("data-value"));
        var summary = await ReviewSite.ReadPageAsync(await site.SubmitAsync(second, [("why", "because"), ("m", "10.000"), ("_go", "next")]));
        Assert.Contains("10.000", summary.QuerySelector(".summary:last-of-type")!.TextContent, StringComparison.Ordinal);

        var stored = await StoredAsync(path, await site.SubmitAsync(summary, []));
        Assert.Equal(("1500.50", "10000"), (stored["n"]!.ToJsonString(), stored["m"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_draft_of_a_page_of_another_language_keeps_its_numbers()
    {
        var path = await AskAsync(Amount, "de");
        var page = await site.PageAsync(path);
        page.QuerySelector("form")!.SetAttribute("action", $"{path}/draft?lang=en");

        await site.SubmitAsync(page, [("n", "1.250")]);

        page = await site.PageAsync(path);
        Assert.Equal(("en", "1250"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("#f-n")!.GetAttribute("value")));
    }

    [Fact]
    public async Task A_page_that_is_still_open_counts_in_its_own_language_when_another_was_chosen_since()
    {
        var path = await AskAsync(Amount, "de");
        var page = await site.PageAsync(path);
        await site.SendAsync(HttpMethod.Get, $"{path}?lang=en");

        Assert.Equal("1250", (await StoredAsync(path, await site.SubmitAsync(page, [("n", "1.250")])))["n"]!.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_is_missing_is_shown_and_no_script_hides_it()
    {
        var path = await AskAsync(Reasoned, "en");
        Assert.NotNull((await site.PageAsync(path)).QuerySelector("[data-field=why]")!.GetAttribute("data-hidden"));

        var page = await ReviewSite.ReadPageAsync(await SendAsync(path, ("n", "1,500.00")));

        var why = page.QuerySelector("[data-field=why]")!;
        Assert.Equal("Why is required.", page.QuerySelector("#problems li")!.TextContent.Trim());
        Assert.Equal((null, null), (why.GetAttribute("data-hidden"), why.GetAttribute("data-when")));
    }

    private async Task<string> AskAsync(string fields, string language)
    {
        site.Accepts = language;
        return await site.AskAsync(fields);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] typed)
    {
        IHtmlDocument page = await site.PageAsync(path);
        return await site.SubmitAsync(page, typed);
    }

    private async Task<JsonObject> StoredAsync(string path, HttpResponseMessage sent)
    {
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0].Values;
    }
}
