using System.Net;
using HumanTasks.Core.Engine;

namespace HumanTasks.Tests.Review;

public sealed class OpeningALink : IAsyncLifetime
{
    private const string Amount = """[{ "name": "amount", "type": "number", "label": "Amount", "min": 0, "value": 12.5 }]""";

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Shows_who_asks_what_for_and_the_form_with_its_values()
    {
        var page = await site.PageAsync(await site.AskAsync(Amount, """, "description": "Please **decide**." """));

        Assert.Equal("Approve it", page.Title);
        Assert.Equal("Test needs your response", page.QuerySelector(".asks")!.TextContent);
        Assert.Equal("decide", page.QuerySelector(".prose strong")!.TextContent);
        Assert.Equal("12.5", page.QuerySelector("#f-amount")!.GetAttribute("value"));
        Assert.Equal("Amount", page.QuerySelector("label[for=f-amount]")!.TextContent.Trim());
        Assert.Contains("Expires: 13:00 UTC (in 60 minutes)", page.QuerySelector("time")!.TextContent.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_program_with_json()
    {
        var path = await site.AskAsync(Amount);

        var answer = await ReviewSite.ReadJsonAsync(await site.JsonAsync(HttpMethod.Get, path));

        Assert.Equal("Approve it", answer["title"]!.GetValue<string>());
        Assert.Equal(12.5m, answer["form"]!["fields"]![0]!["value"]!.GetValue<decimal>());
        Assert.Equal("2026-11-22T13:00:00Z", answer["expiresAt"]!.GetValue<string>());
        Assert.Equal(1, answer["usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_head_sets_no_cookie_and_a_get_changes_nothing()
    {
        var path = await site.AskAsync(Amount);
        var before = await site.TaskOfAsync(path);

        var head = await site.SendAsync(HttpMethod.Head, path);
        await site.PageAsync(path);
        await site.JsonAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.False(head.Headers.Contains("Set-Cookie"));
        Assert.Equal(before.History.Version, (await site.TaskOfAsync(path)).History.Version);
        Assert.Empty(site.Signals.Woken);
    }

    [Fact]
    public async Task A_page_runs_nothing_but_our_own_and_is_kept_by_nobody()
    {
        var response = await site.SendAsync(HttpMethod.Get, await site.AskAsync(Amount));

        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        var page = await ReviewSite.ReadPageAsync(response);
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
    }

    [Fact]
    public async Task An_unknown_link_is_not_found()
    {
        await ExpectAsync("/review/abc", HttpStatusCode.NotFound, "link-not-found", "Not found");
    }

    [Fact]
    public async Task A_late_link_has_expired()
    {
        var path = await site.AskAsync(Amount);
        await site.Harness.WaitAsync(TimeSpan.FromHours(1));

        await ExpectAsync(path, HttpStatusCode.Gone, "link-expired", "Link has expired");
    }

    [Fact]
    public async Task A_used_link_says_so()
    {
        var path = await site.AskAsync(Amount);
        await site.JsonAsync(HttpMethod.Post, path, """{ "values": {} }""");

        await ExpectAsync(path, HttpStatusCode.Gone, "link-used-up", "Already used the maximum number of times");
    }

    [Fact]
    public async Task An_early_link_is_not_ready_yet()
    {
        await site.Harness.SaveAsync("slow", """
            [{ "type": "humanTask", "name": "first", "assignee": "kim@example.com", "title": "First",
               "form": { "fields": [{ "name": "note", "type": "text" }] } },
             { "type": "humanIntervention", "name": "second", "title": "Second", "continuation": { "ruleSet": "slow" },
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        var run = await site.Harness.StartAsync("slow");

        await ExpectAsync(site.PathOf(run, "second"), (HttpStatusCode)425, "link-not-ready", "Not ready yet");
    }

    [Fact]
    public async Task A_replaced_link_has_expired_also_for_answers()
    {
        var path = await site.AskAsync(Amount);
        await site.Harness.Tasks.ReissueLinkAsync(await site.TaskOfAsync(path), null, new Caller(null), default);

        await ExpectAsync(path, HttpStatusCode.Gone, "link-expired", "Link has expired");
        var answer = await site.JsonAsync(HttpMethod.Post, path, """{ "values": {} }""");
        Assert.Equal("link-expired", await ReviewSite.SlugOfAsync(answer));
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/problem+json", true)]
    [InlineData("text/html, application/json;q=0.5", false)]
    [InlineData("*/*", false)]
    [InlineData("", false)]
    public async Task Json_is_for_those_who_ask_for_it(string accept, bool json)
    {
        var response = await site.SendAsync(HttpMethod.Get, "/review/abc", request =>
            request.Headers.TryAddWithoutValidation("Accept", accept));

        Assert.Equal(json ? "application/problem+json" : "text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private async Task ExpectAsync(string path, HttpStatusCode status, string slug, string words)
    {
        var response = await site.SendAsync(HttpMethod.Get, path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(words, (await ReviewSite.ReadPageAsync(response)).QuerySelector("h1")!.TextContent);

        var json = await site.JsonAsync(HttpMethod.Get, path);
        Assert.Equal(status, json.StatusCode);
        Assert.Equal(slug, await ReviewSite.SlugOfAsync(json));
    }
}
