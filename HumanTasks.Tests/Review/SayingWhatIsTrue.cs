using System.Net;

namespace HumanTasks.Tests.Review;

/// <summary>Pages say a thing once, and nothing that is not so.</summary>
public sealed class SayingWhatIsTrue : IAsyncLifetime
{
    private const string Fields = """
        [{ "name": "note", "type": "text", "label": "Note", "value": "{{invoice.number}}" }, { "name": "amount", "type": "number", "label": "Amount", "value": 1250.5 },
         { "name": "at", "type": "dateTime", "label": "At", "value": "2026-12-01T12:00:30.5Z" }, { "name": "agree", "type": "boolean", "label": "Agree" },
         { "name": "lines", "type": "table", "label": "Lines", "value": [{ "what": "Paper" }], "fields": [{ "name": "what", "type": "text", "label": "What" }] },
         { "name": "file", "type": "file", "label": "File" }]
        """;

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task The_deadline_stands_on_the_page_once()
    {
        var page = await site.PageAsync(await site.AskAsync(Fields));

        Assert.Single(page.QuerySelectorAll("time[data-until]"));
    }

    [Fact]
    public async Task A_draft_in_which_nobody_typed_anything_is_not_said_to_be_back()
    {
        var path = await site.AskAsync(Fields);

        Assert.Equal(HttpStatusCode.SeeOther, (await SaveAsync(path)).StatusCode);

        Assert.Null((await site.PageAsync(path)).QuerySelector("#draft-title"));
    }

    [Theory]
    [InlineData("note", "another")]
    [InlineData("amount", "1250.75")]
    [InlineData("amount", "many")]
    [InlineData("agree", "true")]
    [InlineData("lines.0.what", "")]
    public async Task A_draft_in_which_somebody_typed_something_is_said_to_be_back(string field, string typed)
    {
        var path = await site.AskAsync(Fields);

        await SaveAsync(path, (field, typed));

        Assert.NotNull((await site.PageAsync(path)).QuerySelector("#draft-title"));
    }

    [Fact]
    public async Task A_receipt_never_says_that_a_run_goes_on_that_failed()
    {
        site.Harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.BadRequest);
        var path = await site.AskAsync(Fields);
        var receipt = (await site.SubmitAsync(await site.PageAsync(path), [])).Headers.Location!.ToString();
        await site.Harness.SettleAsync();

        var page = await site.PageAsync(receipt);

        Assert.Equal("A later step failed", page.QuerySelector("[data-state-text]")!.TextContent);
        Assert.DoesNotContain("automatically", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_of_a_printable_receipt_is_folded_away_and_a_button_prints_it()
    {
        var path = await site.AskAsync(Fields);
        var receipt = (await site.SubmitAsync(await site.PageAsync(path), [])).Headers.Location!.ToString();

        var page = await site.PageAsync($"{receipt}/receipt.html");

        Assert.False(page.QuerySelector(".jws details")!.HasAttribute("open"));
        Assert.Contains("eyJ", page.QuerySelector(".jws details code")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Print", page.QuerySelector("button[data-print][hidden]")!.TextContent); // shown by the script that can print
        Assert.NotNull(page.QuerySelector("script[src*='/receipt.']"));
    }

    [Fact]
    public async Task Three_digits_of_a_code_are_refused_before_they_count()
    {
        await site.Harness.SaveAsync("assign", """
            [{ "type": "humanTask", "name": "assigned", "assignee": "kim@example.com", "title": "Look at it", "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        var run = await site.Harness.StartAsync("assign");
        var path = $"/task/{site.Harness.Tokens.Sign(new Core.Links.LinkClaim(run.Id, "assigned", 0))}";
        await site.SubmitAsync(await site.PageAsync(path), []); // asks for a code

        var answer = await site.SubmitAsync(await site.PageAsync(path), [("code", "123")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await ReviewSite.ReadPageAsync(answer);
        Assert.Equal("Enter all 6 digits of the code", page.QuerySelector("#notice h2")!.TextContent);
        Assert.Contains("5 attempts left.", page.QuerySelector("#code-hint")!.TextContent, StringComparison.Ordinal);
        var json = await site.JsonAsync(HttpMethod.Post, $"{path}/verify", """{ "code": "123" }""");
        Assert.Equal("wrong-code", await ReviewSite.SlugOfAsync(json));
        Assert.Equal(5, (await ReviewSite.ReadJsonAsync(json))["triesLeft"]!.GetValue<int>());
    }

    private async Task<HttpResponseMessage> SaveAsync(string path, params (string Name, string Value)[] typed)
    {
        var page = await site.PageAsync(path);
        page.QuerySelector("form")!.SetAttribute("action", $"{path}/draft");
        return await site.SubmitAsync(page, typed);
    }
}
