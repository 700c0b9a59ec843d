using System.Net;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Review;

public sealed class AnsweringAsAProgram : IAsyncLifetime
{
    private readonly ReviewSite site = new();
    private string path = "";

    public async Task InitializeAsync() => path = await site.AskAsync("""
        [{ "name": "ok", "type": "boolean", "label": "OK", "required": true },
         { "name": "receipt", "type": "file", "label": "Receipt" }]
        """);

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Is_told_which_run_goes_on_and_where_it_stands()
    {
        var accepted = await ReviewSite.ReadJsonAsync(
            await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": true } }"""));

        var response = accepted["responseId"]!.GetValue<string>();
        Assert.Equal(0, accepted["usesLeft"]!.GetValue<int>());
        Assert.Equal((await site.TaskOfAsync(path)).CorrelationId, accepted["correlationId"]!.GetValue<string>());
        Assert.Equal("running", await StatusAsync(response));
        await site.Harness.SettleAsync();
        Assert.Equal("completed", await StatusAsync(response));
        Assert.NotNull(await site.Harness.Store.FindRunAsync(accepted["runId"]!.GetValue<string>(), default));
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_another_body_none()
    {
        var first = await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": true } }""", "k");
        var second = await site.JsonAsync(HttpMethod.Post, path, """{"values":{"ok":true}}""", "k");
        var other = await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": false } }""", "k");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("idempotency-key-reused", await ReviewSite.SlugOfAsync(other));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("""{ "values": {}, "values": {} }""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("""{ "values": {}, "x": 1 }""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("""{ "values": [] }""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("""{ "values": {} }""", HttpStatusCode.UnprocessableEntity, "invalid-form-input")]
    [InlineData("""{ "values": { "ok": true, "more": 1 } }""", HttpStatusCode.UnprocessableEntity, "invalid-form-input")]
    [InlineData("""{ "reject": true }""", HttpStatusCode.Conflict, "reject-not-allowed")]
    public async Task A_wrong_body_is_refused(string body, HttpStatusCode status, string slug)
    {
        var response = await site.JsonAsync(HttpMethod.Post, path, body);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(slug, await ReviewSite.SlugOfAsync(response));
        Assert.Equal(0, (await site.TaskOfAsync(path)).Uses);
    }

    [Fact]
    public async Task A_file_that_was_never_uploaded_is_none()
    {
        var response = await site.JsonAsync(HttpMethod.Post, path, """
            { "values": { "ok": true, "receipt": { "fileId": "01hzzzzzzzzzzzzzzzzzzzzzzz", "name": "a.pdf",
              "contentType": "application/pdf", "size": 5, "sha256": "00" } } }
            """);

        var problem = await ReviewSite.ReadJsonAsync(response);
        Assert.Equal("/values/receipt", Assert.Single(problem["errors"]!.AsArray())!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var response = await site.JsonAsync(HttpMethod.Post, path, $$"""{ "values": { "ok": "{{new string('a', 6000)}}" } }""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("payload-too-large", await ReviewSite.SlugOfAsync(response));
    }

    [Fact]
    public async Task Another_kind_of_body_is_refused()
    {
        var response = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = new StringContent("ok", null, "text/plain");
        });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_nobody_took_for_three_seconds_wakes_its_run()
    {
        site.Harness.Dies = true;
        var accepted = await ReviewSite.ReadJsonAsync(
            await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": true } }"""));
        var response = accepted["responseId"]!.GetValue<string>();

        site.Harness.Time.Advance(TimeSpan.FromSeconds(2.9));
        await StatusAsync(response);
        Assert.Empty(site.Signals.Woken);
        site.Harness.Time.Advance(TimeSpan.FromSeconds(0.1));
        await StatusAsync(response);

        Assert.Equal([$"HumanResponse {(await site.TaskOfAsync(path)).RunId}"], site.Signals.Woken);
    }

    [Fact]
    public async Task A_receipt_is_for_its_own_link_only()
    {
        var accepted = await ReviewSite.ReadJsonAsync(
            await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": true } }"""));
        var other = await site.AskAsync("""[{ "name": "x", "type": "text" }]""");

        var response = await site.JsonAsync(HttpMethod.Get, $"{other}/responses/{accepted["responseId"]!.GetValue<string>()}");

        Assert.Equal("link-not-found", await ReviewSite.SlugOfAsync(response));
    }

    [Fact]
    public async Task A_receipt_can_be_downloaded()
    {
        var accepted = await ReviewSite.ReadJsonAsync(
            await site.JsonAsync(HttpMethod.Post, path, """{ "values": { "ok": true } }"""));

        var file = await site.SendAsync(HttpMethod.Get, $"{path}/responses/{accepted["responseId"]!.GetValue<string>()}/receipt");

        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("text/plain", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains("OK: Yes", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> StatusAsync(string response) =>
        (await ReviewSite.ReadJsonAsync(await site.JsonAsync(HttpMethod.Get, $"{path}/responses/{response}")))["status"]!
            .GetValue<string>();
}
