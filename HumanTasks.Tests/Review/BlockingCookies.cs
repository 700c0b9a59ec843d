using System.Net;

namespace HumanTasks.Tests.Review;

/// <summary>A browser that keeps no cookies is told so before anybody types, and its answer is taken where the link alone is enough.</summary>
public sealed class BlockingCookies : IAsyncLifetime
{
    private const string Fields = """[{ "name": "note", "type": "text", "label": "Note", "required": true }, { "name": "file", "type": "file", "label": "File" }]""";

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task The_page_says_so_by_a_stylesheet_that_comes_without_the_cookie()
    {
        var page = await site.PageAsync(await site.AskAsync(Fields));
        var style = new Uri(new Uri("https://x.example"), page.QuerySelector("body link[rel=stylesheet]")!.GetAttribute("href"));
        style = new Uri(style, (await StyleAsync(style.AbsolutePath)).Split('"')[1]); // it imports what no cache keeps
        Assert.Equal("Your browser blocks cookies", page.QuerySelector(".cookieless h2")!.TextContent);

        Assert.Equal("", await StyleAsync(style.AbsolutePath));
        site.ForgetCookies();
        Assert.Contains(".cookieless { display: block; }", await StyleAsync(style.AbsolutePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_task_that_needs_a_code_says_that_it_needs_cookies()
    {
        var page = await site.PageAsync("/task/none");

        Assert.Contains("Allow cookies for this site", page.QuerySelector(".cookieless")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("body link[href^='/assets/cookies.']"));
    }

    [Fact]
    public async Task An_answer_with_its_file_is_taken()
    {
        var path = await site.AskAsync(Fields);
        var page = await site.PageAsync(path);
        site.ForgetCookies();

        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("note", "typed")], ("file", "a.txt", "hello"))).StatusCode);

        var values = (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0].Values;
        Assert.Equal(("typed", "a.txt"), ((string?)values["note"], (string?)values["file"]!["name"]));
    }

    [Fact]
    public async Task A_file_survives_what_was_wrong_beside_it()
    {
        var page = await site.PageAsync(await site.AskAsync(Fields));
        site.ForgetCookies();

        var refused = await site.SubmitAsync(page, [("note", "")], ("file", "a.txt", "hello"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        page = await ReviewSite.ReadPageAsync(refused);
        Assert.Contains("a.txt", page.QuerySelector(".kept")!.TextContent, StringComparison.Ordinal);
        site.ForgetCookies();
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [("note", "typed")])).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("another task's")]
    public async Task A_form_that_no_page_of_this_task_sent_is_not_taken(string mark)
    {
        var path = await site.AskAsync(Fields);
        var page = await site.PageAsync(path);
        var other = await site.PageAsync(await site.AskAsync(Fields));
        page.QuerySelector("[name=_shown]")!.SetAttribute("value", mark == "another task's" ? other.QuerySelector("[name=_shown]")!.GetAttribute("value") : mark);
        site.ForgetCookies();

        var refused = await site.SubmitAsync(page, [("note", "typed")], ("file", "a.txt", "hello"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("typed", (await ReviewSite.ReadPageAsync(refused)).QuerySelector("#f-note")!.GetAttribute("value"));
        Assert.Empty(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
        Assert.Equal(site.Files.Saved, site.Files.Deleted); // nothing is stored for a stranger
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_send_it()
    {
        var path = await site.AskAsync(Fields);
        var mark = (await site.PageAsync(path)).QuerySelector("[name=_shown]")!.GetAttribute("value")!;
        site.ForgetCookies();

        var refused = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Content = new FormUrlEncodedContent([new("_shown", mark), new("_round", "1"), new("note", "forged")]);
        });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
    }

    [Fact]
    public async Task The_session_of_a_verified_person_is_never_used_without_the_token_of_their_page()
    {
        var path = await site.AssignAsync();
        var page = await site.PageAsync(path);
        site.ForgetCookie("ht-antiforgery");

        var refused = await site.SubmitAsync(page, [("note", "forged")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path.Replace("/task/", "/review/", StringComparison.Ordinal))).Id, default));
    }

    [Theory]
    [InlineData(1, HttpStatusCode.SeeOther)]
    [InlineData(2, HttpStatusCode.BadRequest)]
    public async Task A_draft_is_kept_where_its_link_alone_finds_it_again(int uses, HttpStatusCode status)
    {
        var path = await site.AskAsync(Fields, $", \"maxUses\": {uses}");
        var page = await site.PageAsync(path);
        Assert.Equal(uses > 1, page.QuerySelector(".later")!.ClassList.Contains("needs-cookie")); // the stylesheet hides it
        page.QuerySelector("form")!.SetAttribute("action", $"{path}/draft");
        site.ForgetCookies();

        var saved = await site.SubmitAsync(page, [("note", "typed")]);

        Assert.Equal(status, saved.StatusCode);
        site.ForgetCookies();
        Assert.Equal(uses == 1 ? "typed" : "", (await site.PageAsync(path)).QuerySelector("#f-note")!.GetAttribute("value"));
        if (uses > 1)
        {
            Assert.Contains("typed", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal); // and nothing that was typed is lost
        }
    }

    private async Task<string> StyleAsync(string address)
    {
        var answer = await site.SendAsync(HttpMethod.Get, address);
        Assert.Equal(("text/css", HttpStatusCode.OK), (answer.Content.Headers.ContentType!.MediaType, answer.StatusCode));
        return await answer.Content.ReadAsStringAsync();
    }
}
