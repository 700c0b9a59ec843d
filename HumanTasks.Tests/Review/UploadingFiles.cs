using System.Net;
using AngleSharp.Html.Dom;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Review;

public sealed class UploadingFiles : IAsyncLifetime
{
    private const string Pdf = "%PDF-1.7 hello";

    private readonly ReviewSite site = new();
    private string path = "";

    public async Task InitializeAsync() => path = await site.AskAsync("""
        [{ "name": "name", "type": "text", "label": "Name", "required": true },
         { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf"] },
         { "name": "more", "type": "file", "label": "More", "multiple": true, "maxFiles": 2 }]
        """);

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_good_file_survives_what_is_wrong_elsewhere()
    {
        var page = await WrongAsync([], ("receipt", "receipt.pdf", Pdf));
        Assert.Contains("receipt.pdf (14 B), uploaded", page.QuerySelector(".kept")!.TextContent, StringComparison.Ordinal);

        var response = await site.SubmitAsync(page, [("name", "Kim")]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var file = FileValue.TryRead((await AnswerAsync()).Values["receipt"])!;
        Assert.Equal(("receipt.pdf", "application/pdf", 14L), (file.Name, file.ContentType, file.Size));
        Assert.NotNull(await site.Files.OpenAsync(Assert.Single(site.Files.Saved), default));
    }

    [Fact]
    public async Task A_kept_file_can_be_removed_or_replaced()
    {
        var page = await WrongAsync([], ("receipt", "one.pdf", Pdf), ("more", "a.txt", "a"), ("more", "b.txt", "b"));
        var removed = page.QuerySelector("[name='_remove.more']")!.GetAttribute("value")!;

        var response = await site.SubmitAsync(
            page, [("name", "Kim"), ("_remove.more", removed)], ("receipt", "two.pdf", Pdf), ("more", "c.txt", "c"));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var values = (await AnswerAsync()).Values;
        Assert.Equal("two.pdf", values["receipt"]!["name"]!.GetValue<string>());
        Assert.Equal(["b.txt", "c.txt"], values["more"]!.AsArray().Select(file => file!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_kept_file_that_we_did_not_hand_out_for_this_field_is_nothing()
    {
        var fresh = await site.PageAsync(path);
        var page = await WrongAsync([], ("more", "a.txt", "a"));
        var seal = page.QuerySelector("[name='_kept.more']")!.GetAttribute("value")!;

        await site.SubmitAsync(fresh, [
            ("name", "Kim"),
            ("_kept.receipt", seal),
            ("_kept.more", seal.Replace("a.txt", "x.txt", StringComparison.Ordinal)),
            ("_kept.more", "nonsense")]);

        var values = (await AnswerAsync()).Values;
        Assert.Null(values["receipt"]);
        Assert.Null(values["more"]);
    }

    [Theory]
    [InlineData("fake.pdf", "hello", "doesn't match its file type")]
    [InlineData("empty.pdf", "", "is empty")]
    [InlineData("notes.txt", "hello", "not an accepted file type")]
    [InlineData("large.pdf", null, "too large")]
    public async Task A_bad_file_says_why_and_the_rest_is_kept(string name, string? content, string why)
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path),
            [("name", "Kim")],
            ("receipt", name, content ?? Pdf + new string('x', 3000)),
            ("more", "a.txt", "a"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await ReviewSite.ReadPageAsync(response);
        Assert.Contains(why, Assert.Single(page.QuerySelectorAll("#problems li")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Kim", page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Contains("a.txt", Assert.Single(page.QuerySelectorAll(".kept li")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_says_so_and_keeps_the_rest()
    {
        site.Files.Breaks = true;

        var response = await site.SubmitAsync(await site.PageAsync(path), [("name", "Kim")], ("receipt", "a.pdf", Pdf));

        var page = await ReviewSite.ReadPageAsync(response);
        Assert.Contains("we couldn't upload", page.QuerySelector("#problems li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Kim", page.QuerySelector("#f-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Too_much_at_once_keeps_what_arrived_before()
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("name", "Kim")], ("more", "a.txt", new string('a', 12_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("Kim", (await ReviewSite.ReadPageAsync(response)).QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Empty(site.Files.Saved);
    }

    [Fact]
    public async Task A_program_uploads_in_parts_beside_its_values()
    {
        var first = await SendPartsAsync("k");
        var again = await SendPartsAsync("k");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("a.pdf", (await AnswerAsync()).Values["receipt"]!["name"]!.GetValue<string>());
        Assert.Single(site.Files.Deleted);
    }

    [Fact]
    public async Task A_program_that_is_refused_leaves_no_file_behind()
    {
        var response = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = ReviewSite.Multipart([], ("receipt", "a.pdf", Pdf));
        });

        Assert.Equal("invalid-form-input", await ReviewSite.SlugOfAsync(response));
        Assert.Equal(site.Files.Saved, site.Files.Deleted);
    }

    private Task<HttpResponseMessage> SendPartsAsync(string key) => site.SendAsync(HttpMethod.Post, path, request =>
    {
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = ReviewSite.Multipart([("values", """{ "name": "Kim" }""")], ("receipt", "a.pdf", Pdf));
    });

    private async Task<IHtmlDocument> WrongAsync(
        (string Name, string Value)[] changed, params (string Field, string Name, string Content)[] files)
    {
        var response = await site.SubmitAsync(await site.PageAsync(path), changed, files);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        return await ReviewSite.ReadPageAsync(response);
    }

    private async Task<HumanResponse> AnswerAsync() =>
        Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
}
