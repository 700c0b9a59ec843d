using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>An input of a browser knows no offset and no parts of a second; what nobody changed in it stays what it was.</summary>
public sealed class KeepingMoments : IAsyncLifetime
{
    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T02:30")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T02:30")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30:07Z", "2026-10-25T02:30:07")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30:07.1234567Z", "2026-10-25T02:30:07")]
    [InlineData("Europe/Berlin", "2026-07-01T10:00:00.5Z", "2026-07-01T12:00")]
    [InlineData("America/New_York", "2026-11-01T06:15:00Z", "2026-11-01T01:15")]
    [InlineData("America/New_York", "2026-11-01T05:15:00Z", "2026-11-01T01:15")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T15:15:00Z", "2026-04-05T01:45")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-05T01:45")]
    [InlineData("Asia/Kolkata", "2026-10-25T01:30:59Z", "2026-10-25T07:00:59")]
    public async Task What_is_prefilled_comes_back_as_it_was(string zone, string moment, string shown)
    {
        var path = await AskAsync(zone, $$"""
            [{ "name": "d", "type": "dateTime", "value": "{{moment}}", "min": "{{moment}}", "max": "{{moment}}" },
             { "name": "rows", "type": "table", "fields": [{ "name": "at", "type": "dateTime" }], "value": [{ "at": "2026-10-25T00:30:00Z" }, { "at": "{{moment}}" }] }]
            """);
        var page = await site.PageAsync(path);
        Assert.Equal(shown, Input(page, "d").GetAttribute("value"));

        var stored = await SendAsync(path, page);

        Assert.Equal(moment, (string?)stored["d"]);
        Assert.Equal(["2026-10-25T00:30:00Z", moment], stored["rows"]!.AsArray().Select(row => (string?)row!["at"]));
    }

    [Fact]
    public async Task It_stays_so_after_an_error_in_a_draft_and_when_a_row_is_added()
    {
        var path = await AskAsync("Europe/Berlin", """
            [{ "name": "d", "type": "dateTime", "value": "2026-10-25T01:30:00Z" },
             { "name": "rows", "type": "table", "fields": [{ "name": "at", "type": "dateTime" }, { "name": "what", "type": "text" }],
               "value": [{ "what": "gone" }, { "at": "2026-10-25T00:30:00Z" }, { "at": "2026-10-25T01:30:00.25Z" }] },
             { "name": "why", "type": "text", "required": true }]
            """);
        var page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(await site.PageAsync(path), []));
        page.QuerySelector("form")!.SetAttribute("action", $"{path}/draft");
        await site.SubmitAsync(page, []);
        page = await site.PageAsync(path);
        page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("_rows", "remove:rows:0")]));
        page = await ReviewSite.ReadPageAsync(await site.SubmitAsync(page, [("_rows", "add:rows")]));

        var stored = await SendAsync(path, page, ("why", "because"));

        Assert.Equal("2026-10-25T01:30:00Z", (string?)stored["d"]);
        Assert.Equal(["2026-10-25T00:30:00Z", "2026-10-25T01:30:00.25Z"], stored["rows"]!.AsArray().Select(row => (string?)row!["at"]));
    }

    [Fact]
    public async Task It_goes_along_through_the_pages_of_a_form()
    {
        var path = await site.AskFormAsync("""
            { "pages": [{ "title": "1", "fields": [{ "name": "d", "type": "dateTime", "value": "2026-10-25T01:30:00Z" }] },
                        { "title": "2", "fields": [{ "name": "e", "type": "text", "visibleWhen": { "field": "d", "equals": "2026-10-25T03:30:00+02:00" } }] }] }
            """, """, "timeZone": "Europe/Berlin" """);
        var second = await ReviewSite.ReadPageAsync(await site.SubmitAsync(await site.PageAsync(path), [("_go", "next")]));
        Assert.Equal("\"2026-10-25T01:30:00Z\"", second.QuerySelector("[data-field=d]")!.GetAttribute("data-value"));
        Assert.Null(second.QuerySelector("[data-field=e]")!.GetAttribute("data-hidden"));
        var first = await ReviewSite.ReadPageAsync(await site.SubmitAsync(second, [("_go", "0")]));
        second = await ReviewSite.ReadPageAsync(await site.SubmitAsync(first, [("_go", "next")]));
        var summary = await ReviewSite.ReadPageAsync(await site.SubmitAsync(second, [("_go", "next")]));

        Assert.Equal("2026-10-25T01:30:00Z", (string?)(await SendAsync(path, summary))["d"]);
    }

    [Theory]
    [InlineData("2026-10-25T02:31", "2026-10-25T00:31:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T03:30", "2026-10-25T02:30:00Z")]
    [InlineData("", null)]
    public async Task What_somebody_changes_is_what_they_typed(string typed, string? moment)
    {
        var path = await AskAsync("Europe/Berlin", """[{ "name": "d", "type": "dateTime", "value": "2026-10-25T01:30:00Z" }]""");

        Assert.Equal(moment, (string?)(await SendAsync(path, await site.PageAsync(path), ("d", typed)))["d"]);
    }

    [Fact]
    public async Task A_time_of_day_keeps_its_parts_of_a_second()
    {
        var path = await AskAsync("UTC", """[{ "name": "t", "type": "time", "value": "14:30:05.25" }, { "name": "u", "type": "time", "value": "14:30:00.5" }]""");
        var page = await site.PageAsync(path);
        Assert.Equal(("14:30:05", "14:30"), (Input(page, "t").GetAttribute("value"), Input(page, "u").GetAttribute("value")));

        var stored = await SendAsync(path, page);

        Assert.Equal(("14:30:05.25", "14:30:00.5"), ((string?)stored["t"], (string?)stored["u"]));
    }

    private Task<string> AskAsync(string zone, string fields) => site.AskAsync(fields, $$""", "timeZone": "{{zone}}" """);

    private static IElement Input(IHtmlDocument page, string name) => page.QuerySelector($"#f-{name}")!;

    private async Task<JsonObject> SendAsync(string path, IHtmlDocument page, params (string Name, string Value)[] changed)
    {
        var answered = await site.SubmitAsync(page, changed);
        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var task = await site.TaskOfAsync(path);
        return Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync(task.Id, default)).Values;
    }
}
