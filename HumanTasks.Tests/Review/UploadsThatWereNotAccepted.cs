using System.Net;
using AngleSharp.Html.Dom;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Review.Drafts;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Review;

public sealed class UploadsThatWereNotAccepted : IAsyncLifetime
{
    private const string Pdf = "%PDF-1.7 hello";

    private readonly ReviewSite site = new();
    private string path = "";

    public async Task InitializeAsync() => path = await site.AskAsync("""
        [{ "name": "name", "type": "text", "label": "Name", "required": true },
         { "name": "with", "type": "boolean", "label": "With a note" },
         { "name": "note", "type": "file", "label": "Note", "visibleWhen": { "field": "with", "equals": true } },
         { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf"] },
         { "name": "more", "type": "file", "label": "More", "multiple": true, "maxFiles": 3 }]
        """, """, "linkExpirationHours": 48""");

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_post_with_a_wrong_token_stores_no_file()
    {
        var page = await site.PageAsync(path);
        page.QuerySelector("[name='__RequestVerificationToken']")!.SetAttribute("value", "nonsense");

        var response = await site.SubmitAsync(page, [("name", "Kim")], ("receipt", "receipt.pdf", Pdf));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var again = await ReviewSite.ReadPageAsync(response);
        Assert.Contains("attach it again", again.QuerySelector("#problems li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Kim", again.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Empty(site.Files.Saved);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/draft")]
    public async Task A_post_without_a_token_leaves_no_file(string to)
    {
        var response = await site.SendAsync(HttpMethod.Post, path + to, request =>
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Content = ReviewSite.Multipart([("name", "Kim")], ("receipt", "receipt.pdf", Pdf), ("more", "a.txt", "a"));
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(2, site.Files.Saved.Count);
        await AreGoneAsync();
    }

    [Fact]
    public async Task What_an_invalid_post_left_goes_after_an_hour_unless_a_draft_names_it()
    {
        await site.SubmitAsync(await site.PageAsync(path), [("name", "")], ("receipt", "receipt.pdf", Pdf));
        await SweepInAsync(TimeSpan.FromHours(30));
        Assert.NotNull(await site.Files.OpenAsync(Assert.Single(site.Files.Saved), default));

        var page = await site.PageAsync(path);
        await PostToAsync(page, $"{path}/draft/discard");

        await AreGoneAsync();
    }

    [Fact]
    public async Task A_replaced_file_of_a_draft_goes_at_once()
    {
        await SaveDraftAsync(("receipt", "one.pdf", Pdf));
        await SaveDraftAsync(("receipt", "two.pdf", Pdf + "2"));

        Assert.Null(await site.Files.OpenAsync(site.Files.Saved[0], default));
        Assert.NotNull(await site.Files.OpenAsync(site.Files.Saved[1], default));
    }

    [Fact]
    public async Task A_file_whose_removal_was_ticked_in_a_draft_comes_back_with_the_tick_and_goes_after_an_hour()
    {
        await SaveDraftAsync(("receipt", "one.pdf", Pdf));
        var page = await site.PageAsync(path);
        var ticked = page.QuerySelector("[name='_remove.receipt']")!.GetAttribute("value")!;
        await PostToAsync(page, $"{path}/draft", ("_remove.receipt", ticked));
        Assert.NotNull(await site.Files.OpenAsync(site.Files.Saved[0], default));
        await PostToAsync(page, $"{path}/draft");
        await SweepInAsync(TimeSpan.FromHours(2));
        Assert.NotNull(await site.Files.OpenAsync(site.Files.Saved[0], default));

        await PostToAsync(page, $"{path}/draft", ("_remove.receipt", ticked));
        await SweepInAsync(TimeSpan.FromMinutes(121));

        await AreGoneAsync();
        var late = await site.SubmitAsync(page, [("name", "Kim")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains(
            "'one.pdf' was not kept. Please attach it again.",
            (await ReviewSite.ReadPageAsync(late)).QuerySelector("#problems li")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_file_is_never_swept_and_one_that_the_answer_does_not_name_goes()
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("name", "Kim")], ("receipt", "receipt.pdf", Pdf), ("note", "note.txt", "hidden"));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        await SweepInAsync(TimeSpan.FromHours(3));
        foreach (var file in site.Files.Saved)
        {
            await using var content = await site.Files.OpenAsync(file, default);
            Assert.Equal(file == site.Files.Saved.Last() ? null : Pdf.Length, content?.Length);
        }
    }

    [Fact]
    public async Task A_file_of_the_wrong_kind_goes_with_the_answer_that_says_so()
    {
        await site.SubmitAsync(await site.PageAsync(path), [("name", "Kim")], ("receipt", "notes.txt", "hello"));

        Assert.Single(site.Files.Saved);
        await AreGoneAsync();
    }

    [Fact]
    public async Task A_link_keeps_only_so_many_uploads_that_no_answer_names()
    {
        site.Limits.PendingUploads = 2;

        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("name", "Kim")], ("more", "a.txt", "a"), ("more", "b.txt", "b"), ("more", "c.txt", "c"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await ReviewSite.ReadPageAsync(response);
        Assert.Contains("'c.txt' was not uploaded", page.QuerySelector("#problems li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, site.Files.Saved.Count);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("name", "Kim")])).StatusCode);
    }

    [Fact]
    public async Task A_link_keeps_only_so_many_bytes_that_no_answer_names()
    {
        site.Limits.PendingUploadBytes = 1;
        site.Limits.MaxSubmissionBytes = 4000;
        var wide = new string('a', 1800);

        await SaveDraftAsync(("more", "a.txt", wide));
        await SaveDraftAsync(("more", "b.txt", wide));
        var third = await SaveDraftAsync(("more", "c.txt", wide));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode); // said, so that nobody takes the file for kept

        Assert.Equal(2, site.Files.Saved.Count);
        Assert.Equal("Kim", (await site.PageAsync(path)).QuerySelector("#f-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_link_takes_only_so_many_files_an_hour()
    {
        site.Limits.UploadsPerHour = 3;
        for (var i = 0; i < 5; i++)
        {
            await InvalidAsync();
        }

        Assert.Equal(3, site.Files.Saved.Count);
        site.Harness.Time.Advance(TimeSpan.FromHours(1));
        await InvalidAsync();
        Assert.Equal(4, site.Files.Saved.Count);
        await AreGoneAsync();
    }

    [Fact]
    public async Task An_upload_that_broke_off_is_swept()
    {
        var task = await site.TaskOfAsync(path);
        var ledgered = site.Files;
        await site.SubmitAsync(await site.PageAsync(path), [("name", "")], ("more", "a.txt", "a"));
        foreach (var draft in await site.Harness.Documents.ListAsync(task.RunId, "draft~", 10, default))
        {
            await site.Harness.Documents.DeleteAsync(task.RunId, draft.Key, default); // as if the process had ended before it was saved
        }

        await SweepInAsync(TimeSpan.FromMinutes(59));
        Assert.NotNull(await ledgered.OpenAsync(ledgered.Saved[0], default));
        await SweepInAsync(TimeSpan.FromMinutes(2));

        await AreGoneAsync();
        Assert.Empty(await site.Harness.Documents.ListAsync("uploads", "", 10, default));
    }

    [Fact]
    public async Task Drafts_of_a_task_that_is_over_keep_no_file()
    {
        await SaveDraftAsync(("receipt", "one.pdf", Pdf));
        await site.Harness.Tasks.CancelAsync(await site.TaskOfAsync(path), null, new Caller(null), default);
        await SweepInAsync(TimeSpan.FromMinutes(61));

        Assert.Single(site.Files.Saved);
        await AreGoneAsync();
    }

    private async Task InvalidAsync() => await site.SendAsync(HttpMethod.Post, path, request =>
    {
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = ReviewSite.Multipart([], ("receipt", "receipt.pdf", Pdf));
    });

    private async Task<HttpResponseMessage> SaveDraftAsync(params (string Field, string Name, string Content)[] files)
    {
        var page = await site.PageAsync(path);
        page.QuerySelector("form")!.SetAttribute("action", $"{path}/draft");
        return await site.SubmitAsync(page, [("name", "Kim")], files);
    }

    private async Task PostToAsync(IHtmlDocument page, string address, params (string Name, string Value)[] changed)
    {
        var action = page.QuerySelector("form")!.GetAttribute("action")!;
        page.QuerySelector("form")!.SetAttribute("action", address);
        await site.SubmitAsync(page, changed);
        page.QuerySelector("form")!.SetAttribute("action", action);
    }

    private async Task SweepInAsync(TimeSpan later)
    {
        site.Harness.Time.Advance(later);
        await new UploadSweep(
            site.Harness.Documents, site.Files, site.Harness.Store, site.Harness.LinkKeys, site.Limits, site.Harness.Time, NullLoggerFactory.Instance)
            .SweepAsync(default);
    }

    private async Task AreGoneAsync()
    {
        foreach (FileKey file in site.Files.Saved)
        {
            Assert.Null(await site.Files.OpenAsync(file, default));
        }
    }
}
