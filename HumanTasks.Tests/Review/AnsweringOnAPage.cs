using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Review;

public sealed class AnsweringOnAPage : IAsyncLifetime
{
    private const string Fields = """
        [{ "name": "decision", "type": "choice", "label": "Decision", "required": true, "display": "radio",
           "options": [{ "value": "yes", "label": "Approve" }, { "value": "no", "label": "Reject" }] },
         { "name": "amount", "type": "number", "label": "Amount", "min": 0 },
         { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "required": true,
           "visibleWhen": { "field": "decision", "equals": "no" } },
         { "name": "urgent", "type": "boolean", "label": "Urgent" }]
        """;

    private readonly ReviewSite site = new();
    private string path = "";

    public async Task InitializeAsync() => path = await site.AskAsync(Fields, """, "maxUses": 3""");

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Leads_to_a_receipt_that_can_be_loaded_again()
    {
        var response = await site.SubmitAsync(await site.PageAsync(path), [("decision", "yes"), ("amount", "12,5")]);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var address = response.Headers.Location!.ToString();
        var receipt = await site.PageAsync(address);
        Assert.Contains("Approve", receipt.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12.5", receipt.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Running", receipt.QuerySelector("[data-state-text]")!.TextContent);
        Assert.NotNull(receipt.QuerySelector("noscript"));

        await site.Harness.SettleAsync();
        receipt = await site.PageAsync(address);
        Assert.Equal("Completed", receipt.QuerySelector("[data-state-text]")!.TextContent);
        Assert.Null(receipt.QuerySelector("noscript"));
        Assert.Equal(1, (await site.TaskOfAsync(path)).Uses);
    }

    [Fact]
    public async Task A_double_click_is_one_answer()
    {
        var page = await site.PageAsync(path);

        var first = await site.SubmitAsync(page, [("decision", "yes")]);
        var second = await site.SubmitAsync(page, [("decision", "yes")]);

        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, (await site.TaskOfAsync(path)).Uses);
    }

    [Fact]
    public async Task The_same_key_with_other_answers_asks_again_under_a_fresh_key()
    {
        var page = await site.PageAsync(path);
        await site.SubmitAsync(page, [("decision", "yes")]);

        var response = await site.SubmitAsync(page, [("decision", "no"), ("reason", "Too dear")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var again = await ReviewSite.ReadPageAsync(response);
        Assert.Contains("already sent", again.QuerySelector("#notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Too dear", again.QuerySelector<IHtmlTextAreaElement>("#f-reason")!.Value);
        Assert.NotEqual(Key(page), Key(again));
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(again, [])).StatusCode);
        Assert.Equal(2, (await site.TaskOfAsync(path)).Uses);
    }

    [Fact]
    public async Task Every_problem_is_shown_and_every_value_kept()
    {
        var response = await site.SubmitAsync(
            await site.PageAsync(path), [("decision", "no"), ("amount", "a lot"), ("urgent", "true"), ("reason", "  ")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var page = await ReviewSite.ReadPageAsync(response);
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
        Assert.Equal(["#f-amount", "#f-reason"], page.QuerySelectorAll("#problems a").Select(link => link.GetAttribute("href")!));
        Assert.True(page.QuerySelector("#problems")!.HasAttribute("autofocus"));
        var amount = page.QuerySelector("#f-amount")!;
        Assert.Equal("a lot", amount.GetAttribute("value"));
        Assert.Equal("true", amount.GetAttribute("aria-invalid"));
        Assert.All(
            amount.GetAttribute("aria-describedby")!.Split(' '),
            id => Assert.NotNull(page.GetElementById(id)));
        Assert.True(page.QuerySelector("input[value=no]")!.HasAttribute("checked"));
        Assert.True(page.QuerySelector("#f-urgent")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task A_conditional_field_is_there_without_a_script_and_required_by_the_server_alone()
    {
        var page = await site.PageAsync(path);

        var reason = page.QuerySelector("[data-field=reason]")!;
        Assert.True(reason.HasAttribute("data-hidden"));
        Assert.Contains("Answer only if “Decision” is “Reject”.", reason.TextContent, StringComparison.Ordinal);
        Assert.False(page.QuerySelector("#f-reason")!.HasAttribute("required"));
    }

    [Fact]
    public async Task A_lost_session_keeps_what_was_typed()
    {
        var page = await site.PageAsync(path);
        page.QuerySelector("[name=__RequestVerificationToken]")!.SetAttribute("value", "nonsense");
        var response = await site.SubmitAsync(page, [("decision", "yes"), ("amount", "7")]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var again = await ReviewSite.ReadPageAsync(response);
        Assert.Equal("7", again.QuerySelector("#f-amount")!.GetAttribute("value"));
        Assert.Equal(Key(page), Key(again));
        Assert.Equal(HttpStatusCode.SeeOther, (await site.SubmitAsync(again, [])).StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Another_site_cannot_send(string from)
    {
        var response = await site.SendAsync(HttpMethod.Post, path, request =>
        {
            request.Headers.Add("Sec-Fetch-Site", from);
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = new StringContent("""{ "values": { "decision": "yes" } }""", null, "application/json");
        });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("cross-site-request", await ReviewSite.SlugOfAsync(response));
    }

    [Fact]
    public async Task A_task_can_be_declined_with_a_reason_where_that_is_allowed()
    {
        var assigned = await site.AssignAsync();

        var response = await site.SubmitAsync(
            await site.PageAsync(assigned), [("_reject", "true"), ("_reason", "Not mine")]);

        var receipt = await site.PageAsync(response.Headers.Location!.ToString());
        Assert.Equal("You declined this task", receipt.QuerySelector("h1")!.TextContent);
        Assert.Contains("Not mine", receipt.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("rejected", (await site.TaskOfAsync(assigned)).State.Status.ToString(), ignoreCase: true);
        Assert.Null((await site.PageAsync(path)).QuerySelector("[name=_reject]"));
    }

    private static string? Key(IHtmlDocument page) => page.QuerySelector("[name=_submissionKey]")!.GetAttribute("value");
}
