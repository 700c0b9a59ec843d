using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>Each page of a form has an address, so that a browser's way back leads to the page before, also without a script.</summary>
public sealed class GoingFromStepToStep : IAsyncLifetime
{
    private const string Pages = """
        { "pages": [
            { "title": "You", "fields": [{ "name": "name", "type": "text", "label": "Name", "required": true }, { "name": "proof", "type": "file", "label": "Proof" }] },
            { "title": "Trip", "fields": [{ "name": "days", "type": "integer", "label": "Days", "required": true }] },
            { "title": "End", "fields": [{ "name": "note", "type": "text", "label": "Note" }] }] }
        """;

    private readonly ReviewSite site = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_step_leads_to_the_address_of_the_next_page_and_the_page_before_has_its_answers(int uses)
    {
        var path = await AskAsync(uses);

        Assert.Equal($"{path}?step=2", await StepAsync(await site.PageAsync(path), [("name", "Kim"), ("_go", "next")], ("proof", "a.txt", "hello")));
        Assert.Equal($"{path}?step=3", await StepAsync(await site.PageAsync($"{path}?step=2"), [("days", "5"), ("_go", "next")]));

        var before = await site.PageAsync($"{path}?step=2");
        Assert.Equal(("Trip", "5"), (Title(before), Value(before, "days")));
        Assert.Null(before.QuerySelector("#draft-title")); // on the way through a form nothing is back
        Assert.NotNull(before.QuerySelector(".progress h2[autofocus]"));
        var first = await site.PageAsync($"{path}?step=1");
        Assert.Equal(("You", "Kim"), (Title(first), Value(first, "name")));
        Assert.NotNull(first.QuerySelector(".kept"));
    }

    [Fact]
    public async Task A_script_and_a_program_get_the_next_page_at_once()
    {
        var page = await site.PageAsync(await AskAsync());

        var answer = await site.PostAsync(page, [("name", "Kim"), ("_go", "next")]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Trip", Title(await ReviewSite.ReadPageAsync(answer)));
    }

    [Fact]
    public async Task What_is_wrong_stays_on_its_page()
    {
        var page = await site.PageAsync(await AskAsync());

        var refused = await site.SubmitAsync(page, [("name", ""), ("_go", "next")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("You", Title(await ReviewSite.ReadPageAsync(refused)));
    }

    [Theory]
    [InlineData("next", "You", "Name is required.")]
    [InlineData("", "You", "Name is required.")]
    public async Task A_browser_without_scripts_comes_to_what_is_wrong_by_an_address_too(string go, string title, string problem)
    {
        var path = await AskAsync();
        var page = await site.PageAsync(path);

        var answer = await site.PostAsync(page, go.Length == 0 ? [("name", "")] : [("name", ""), ("_go", go)], ("proof", "a.html", "<b>"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        site.Navigates = true;
        answer = await site.PostAsync(page, go.Length == 0 ? [("name", "")] : [("name", ""), ("_go", go)]);

        Assert.Equal((HttpStatusCode.SeeOther, $"{path}?step=1&problems=true"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        page = await site.PageAsync($"{path}?step=1&problems=true");
        Assert.Equal(title, Title(page));
        Assert.Contains(problem, page.QuerySelectorAll("#problems a").Select(link => link.TextContent));
        Assert.NotNull(page.QuerySelector("[data-field=name].wrong .error"));
        Assert.Null((await site.PageAsync($"{path}?step=1")).QuerySelector("#problems"));
    }

    [Fact]
    public async Task A_file_that_was_refused_is_named_there_as_well()
    {
        var path = await AskAsync();
        var page = await site.PageAsync(path);
        site.Navigates = true;

        var answer = await site.PostAsync(page, [("name", "Kim"), ("_go", "next")], ("proof", "a.txt", new string('x', 3000)));

        page = await site.PageAsync(answer.Headers.Location!.ToString());
        Assert.Contains("a.txt", page.QuerySelector("#problems a")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Kim", Value(page, "name"));
    }

    [Fact]
    public async Task A_row_is_added_at_an_address_too_and_has_the_focus()
    {
        var path = await AskAsync(form: """{ "pages": [{ "title": "One", "fields": [{ "name": "lines", "type": "table", "label": "Lines", "fields": [{ "name": "a", "type": "text", "label": "A" }] }] }] }""");
        site.Navigates = true;

        var address = await StepAsync(await site.PageAsync(path), [("lines.0.a", "typed"), ("_rows", "add:lines")]);

        Assert.StartsWith($"{path}?step=1&rows=", address, StringComparison.Ordinal);
        var page = await site.PageAsync(address);
        Assert.Equal("Row 2", page.QuerySelector(".row[autofocus] legend")!.TextContent);
        Assert.Equal("typed", page.QuerySelector("[name='lines.0.a']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_opens_the_link_again_is_at_the_step_that_they_left()
    {
        var path = await AskAsync();
        Assert.Equal($"{path}?step=1", await OpenAsync(path));
        await StepAsync(await site.PageAsync($"{path}?step=1"), [("name", "Kim"), ("_go", "next")]);
        site.ForgetCookies(); // another device

        var address = await OpenAsync(path);

        Assert.Equal($"{path}?step=2&resume=true", address);
        var page = await site.PageAsync(address);
        Assert.Equal("Trip", Title(page));
        Assert.NotNull(page.QuerySelector("#draft-title"));
        Assert.Equal("Trip", Title(await site.PageAsync(path))); // for whatever does not say that it navigates
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode", "navigate", true)]
    [InlineData("Upgrade-Insecure-Requests", "1", true)]
    [InlineData("Sec-Fetch-Mode", "cors", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    public async Task A_browser_s_window_is_led_to_an_address_and_nothing_else_is(string header, string value, bool isLed)
    {
        var path = await AskAsync();

        var answer = await site.SendAsync(HttpMethod.Get, path, request => request.Headers.Add(header, value));

        Assert.Equal(isLed ? HttpStatusCode.SeeOther : HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_step_with_nothing_typed_is_found_again_and_nothing_is_said_to_be_back()
    {
        var path = await AskAsync(form: """{ "pages": [{ "title": "One", "fields": [{ "name": "a", "type": "text", "label": "A" }] }, { "title": "Two", "fields": [{ "name": "b", "type": "text", "label": "B" }] }] }""");
        await StepAsync(await site.PageAsync(path), [("_go", "next")]);

        var page = await site.PageAsync(await OpenAsync(path));

        Assert.Equal("Two", Title(page));
        Assert.Null(page.QuerySelector("#draft-title"));
    }

    [Theory]
    [InlineData("0", "You")]
    [InlineData("x", "You")]
    [InlineData("-1", "You")]
    [InlineData("99999999999", "You")]
    [InlineData("3", "You")]
    public async Task An_address_of_a_page_that_nobody_came_to_shows_the_first(string step, string title)
    {
        var page = await site.PageAsync($"{await AskAsync()}?step={step}");

        Assert.Equal(title, Title(page));
    }

    [Fact]
    public async Task Looking_at_a_page_changes_nothing()
    {
        var path = await AskAsync();
        await StepAsync(await site.PageAsync(path), [("name", "Kim"), ("_go", "next")]);
        var task = await site.TaskOfAsync(path);
        var before = await site.Harness.Documents.ListAsync(task.RunId, "draft~", 10, default);

        await site.PageAsync($"{path}?step=1");
        await site.PageAsync($"{path}?step=4");
        await OpenAsync(path);

        Assert.Equal(before.Select(draft => (draft.Key, draft.Version)), (await site.Harness.Documents.ListAsync(task.RunId, "draft~", 10, default)).Select(draft => (draft.Key, draft.Version)));
        Assert.Equal("Trip", Title(await site.PageAsync(path)));
    }

    [Fact]
    public async Task Where_cookies_are_blocked_the_steps_travel_in_the_form()
    {
        var path = await AskAsync(uses: 2);
        var page = await site.PageAsync(path);
        site.Navigates = true;
        foreach (var typed in ((string, string)[][])[[("name", "Kim"), ("_go", "next")], [("days", "5"), ("_go", "next")], [("note", "well"), ("_go", "next")]])
        {
            site.ForgetCookies();
            var answer = await site.PostAsync(page, typed);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            page = await ReviewSite.ReadPageAsync(answer);
        }

        site.ForgetCookies();
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(page, [])).StatusCode);
        var values = (await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default))[0].Values;
        Assert.Equal(("Kim", 5, "well"), ((string?)values["name"], (int)values["days"]!, (string?)values["note"]));
    }

    private Task<string> AskAsync(int uses = 1, string form = Pages) => site.AskFormAsync(form, $", \"maxUses\": {uses}");

    /// <summary>Opens a link as a browser does; answers where it leads to.</summary>
    private async Task<string> OpenAsync(string path)
    {
        var answer = await site.SendAsync(HttpMethod.Get, path, static request => request.Headers.Add("Sec-Fetch-Mode", "navigate"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private async Task<string> StepAsync(IHtmlDocument page, (string Name, string Value)[] typed, params (string Field, string Name, string Content)[] files)
    {
        site.Navigates = true;
        var answer = await site.PostAsync(page, typed, files);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static string Title(IParentNode page) => page.QuerySelector(".progress h2")!.TextContent.Trim();

    private static string? Value(IParentNode page, string field) => page.QuerySelector($"#f-{field}")!.GetAttribute("value");
}
