using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The journeys of reviewers, in a real browser.</summary>
[Collection(BrowserSuite.Name)]
[Trait("Category", BrowserSuite.Name)]
public sealed class ReviewingInABrowser(Deployment deployment, Chromium chromium)
{
    private const int Budget = 40 * 1024;

    private const string Form = """
        {
          "fields": [
            { "name": "decision", "type": "choice", "label": "Decision", "required": true, "display": "radio",
              "options": [{ "value": "approve", "label": "Approve" }, { "value": "reject", "label": "Reject" }] },
            { "name": "amount", "type": "number", "label": "Amount", "min": 0, "value": "{{invoice.amount}}" },
            { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "required": true,
              "visibleWhen": { "field": "decision", "equals": "reject" } },
            { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf", "image/*"], "maxBytes": 10485760 }
          ],
          "submitLabel": "Send decision"
        }
        """;

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfor a test\n%%EOF\n");

    private ApiClient Api => deployment.Api;

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Approving_on_a_phone(ColorScheme colours)
    {
        var correlationId = Steps.Unique("phone");
        var asked = await Api.InterveneAsync($"\"correlationId\": \"{correlationId}\",", Form, await SaveWaitingAsync());
        await using var phone = await chromium.PhoneAsync(colours);
        var tab = await phone.NewPageAsync();
        var transfer = await Transfer.OfAsync(tab);

        var review = await new ReviewPage(tab).OpenAsync(At(asked));
        await Assertions.Expect(review.Heading).ToHaveTextAsync("Approve invoice R-17");
        await IsAccessibleAsync(tab);
        await FitsAsync(tab);
        Assert.InRange(transfer.Bytes, 1, Budget);
        await Assertions.Expect(tab.GetByLabel("Reason")).ToBeHiddenAsync();
        await tab.GetByLabel("Approve", new() { Exact = true }).TapAsync();
        await review.SendAsync("Send decision");

        var receipt = await review.ReceiptAsync();
        await Assertions.Expect(receipt.CorrelationId).ToHaveTextAsync(asked.CorrelationId);
        await Assertions.Expect(receipt.State).ToHaveTextAsync("Waiting for someone else");
        await IsAccessibleAsync(tab);
        await FitsAsync(tab);

        // somebody else answers what came of it, and the page that is still open says so by itself
        var run = (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/runId");
        var next = await Steps.UntilAsync(() => Api.GetAsync($"/api/tasks?runId={run}"), list => list["/items"]!.AsArray().Count > 0);
        (await Api.PostAsync($"/api/tasks/{next.Text("/items/0/id")}/responses", """{ "values": { "ok": true } }""")).Is(200);
        await Assertions.Expect(receipt.State).ToHaveTextAsync("Completed", new() { Timeout = 15_000 });

        await tab.ReloadAsync();
        await Assertions.Expect(receipt.State).ToHaveTextAsync("Completed");
        await Assertions.Expect(receipt.CorrelationId).ToHaveTextAsync(asked.CorrelationId);
        Assert.Equal(2, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [BrowserFact]
    public async Task A_task_that_is_cancelled_while_it_is_filled_in_leaves_what_was_typed()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var desk = await chromium.DeskAsync();
        var tab = await desk.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));
        await review.ChooseAsync("Reject");
        await review.FillAsync("Reason", "too dear\nby far");
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);

        await review.SendAsync("Send decision");

        await Assertions.Expect(review.Heading).ToHaveTextAsync("Link has expired");
        await Assertions.Expect(tab.GetByText("This task was cancelled.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Locator(".unsent dd").Nth(0)).ToHaveTextAsync("Reject");
        Assert.Equal("too dear\nby far", (await tab.Locator(".unsent dd").Last.InnerTextAsync()).Trim());
        await IsAccessibleAsync(tab);
        await FitsAsync(tab);
    }

    [BrowserFact]
    public async Task A_page_of_a_proxy_that_refuses_the_files_leaves_the_form_as_it_is()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var desk = await chromium.DeskAsync();
        var tab = await desk.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));
        await review.ChooseAsync("Reject");
        await review.FillAsync("Reason", "too dear");
        await tab.RouteAsync("**/*?send", route => route.FulfillAsync(new() { Status = 413, ContentType = "text/html", Body = "<h1>413 Request Entity Too Large</h1>" }));

        await review.SendAsync("Send decision");

        await Assertions.Expect(tab.Locator("[data-status]")).ToHaveTextAsync("Your files are too large together");
        Assert.Equal("too dear", await review.ValueAsync("Reason"));
        await tab.UnrouteAllAsync();
        await review.SendAsync("Send decision");
        await review.ReceiptAsync();
    }

    [BrowserFact]
    public async Task Errors_keep_the_file_and_the_second_try_succeeds_with_it()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var desk = await chromium.DeskAsync();
        var tab = await desk.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));

        await review.ChooseAsync("Reject");
        await review.FillAsync("Amount", "many");
        await review.AttachAsync("Receipt", "Beleg.pdf", Pdf);
        await review.SendAsync("Send decision");

        await Assertions.Expect(review.Problems).ToBeFocusedAsync();
        await Assertions.Expect(review.Problems.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        Assert.Equal("many", await review.ValueAsync("Amount"));
        await Assertions.Expect(tab.GetByText("Beleg.pdf", new() { Exact = false }).First).ToBeVisibleAsync();
        await IsAccessibleAsync(tab);
        await review.Problems.GetByRole(AriaRole.Link).Last.ClickAsync();
        await Assertions.Expect(tab.GetByLabel("Reason")).ToBeFocusedAsync();

        await review.FillAsync("Reason", "too dear");
        await review.FillAsync("Amount", "900");
        await review.SendAsync("Send decision");

        await review.ReceiptAsync();
        var values = (await Api.TaskAsync(asked.TaskId))["/responses/0/values"];
        Assert.Equal("Beleg.pdf", values.Text("/receipt/name"));
        Assert.Equal("too dear", values.Text("/reason"));
        Assert.Equal(900, values.Number("/amount"));
    }

    [BrowserFact]
    public async Task An_expired_link_says_why_and_what_to_do()
    {
        var asked = await Api.InterveneAsync("\"linkExpirationHours\": 0.00003,");
        await Steps.UntilAsync(() => deployment.Anybody.GetAsync(asked.Path), answer => answer.Status == 410);
        await using var phone = await chromium.PhoneAsync();
        var tab = await phone.NewPageAsync();

        var review = await new ReviewPage(tab).OpenAsync(At(asked));

        await Assertions.Expect(review.Heading).ToHaveTextAsync("Link has expired");
        await Assertions.Expect(tab.GetByText("Ask the sender for a new link.")).ToBeVisibleAsync();
        await IsAccessibleAsync(tab);
        await FitsAsync(tab);
    }

    [BrowserFact]
    public async Task Without_scripts_it_is_the_same_journey()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var phone = await chromium.PhoneAsync(scripts: false);
        var tab = await phone.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));

        await Assertions.Expect(tab.GetByLabel("Reason")).ToBeVisibleAsync();
        await review.AttachAsync("Receipt", "Beleg.pdf", Pdf);
        await review.ChooseAsync("Reject");
        await review.SendAsync("Send decision");
        await Assertions.Expect(review.Problems.GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        await review.FillAsync("Reason", "too dear");
        await review.SendAsync("Send decision");

        var receipt = await review.ReceiptAsync();
        await Assertions.Expect(receipt.CorrelationId).ToHaveTextAsync(asked.CorrelationId);
        await Api.RunOverAsync((await Api.TaskAsync(asked.TaskId)).Text("/responses/0/runId"));
        await tab.ReloadAsync();
        await Assertions.Expect(receipt.State).ToHaveTextAsync("Completed");
        Assert.Equal("Beleg.pdf", (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/values/receipt/name"));
    }

    [BrowserFact]
    public async Task Choices_are_rows_and_the_button_stays_in_reach_on_a_phone_with_a_long_form()
    {
        var fields = string.Join(',', Enumerable.Range(1, 20).Select(i =>
            $$"""{ "name": "n{{i}}", "type": "text", "label": "Question {{i}}" }"""));
        var form = $$"""
            { "fields": [{ "name": "decision", "type": "choice", "label": "Decision",
                "options": [{ "value": "a", "label": "Approve" }, { "value": "r", "label": "Reject" }] }, {{fields}}], "submitLabel": "Send it" }
            """;
        var asked = await Api.InterveneAsync(form: form);
        await using var phone = await chromium.PhoneAsync();
        var tab = await phone.NewPageAsync();
        await new ReviewPage(tab).OpenAsync(At(asked));

        var row = tab.Locator("label.option").First;
        var box = (await row.BoundingBoxAsync())!;
        Assert.InRange(box.Height, 48, 200);
        Assert.InRange(box.Width, 280, 390);
        var before = await row.EvaluateAsync<string>("row => getComputedStyle(row).fontWeight");
        await tab.Touchscreen.TapAsync(box.X + box.Width - 10, box.Y + (box.Height / 2)); // at its far end
        await Assertions.Expect(tab.GetByLabel("Approve")).ToBeCheckedAsync();
        Assert.NotEqual(before, await row.EvaluateAsync<string>("row => getComputedStyle(row).fontWeight"));

        var button = tab.GetByRole(AriaRole.Button, new() { Name = "Send it" });
        await Assertions.Expect(button).ToBeInViewportAsync();
        await tab.GetByLabel("Question 10").FocusAsync();
        await Assertions.Expect(button).ToBeInViewportAsync();
        await Assertions.Expect(tab.GetByLabel("Question 10")).ToBeInViewportAsync();
        await IsAccessibleAsync(tab);
    }

    [BrowserFact]
    public async Task A_send_that_does_not_reach_the_host_keeps_everything_and_goes_again_by_itself()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var phone = await chromium.PhoneAsync();
        var tab = await phone.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));
        await tab.GetByLabel("Approve", new() { Exact = true }).TapAsync();
        await review.FillAsync("Amount", "42");
        await review.AttachAsync("Receipt", "Beleg.pdf", Pdf);

        await phone.SetOfflineAsync(true);
        await review.SendAsync("Send decision");
        await Assertions.Expect(tab.Locator("[data-status]")).ToContainTextAsync("Your answers are still here");
        Assert.Equal("42", await review.ValueAsync("Amount"));
        await phone.SetOfflineAsync(false);

        await review.ReceiptAsync();
        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Single(task["/responses"]!.AsArray());
        Assert.Equal("Beleg.pdf", task.Text("/responses/0/values/receipt/name"));
        Assert.Equal(42, task["/responses/0/values"].Number("/amount"));
    }

    [BrowserFact]
    public async Task Without_scripts_going_back_from_a_send_that_failed_finds_the_form_as_it_was()
    {
        var asked = await Api.InterveneAsync(form: Form);
        await using var phone = await chromium.PhoneAsync(scripts: false);
        var tab = await phone.NewPageAsync();
        var review = await new ReviewPage(tab).OpenAsync(At(asked));
        await review.ChooseAsync("Approve");
        await review.FillAsync("Amount", "42");

        await phone.SetOfflineAsync(true);
        await review.SendAsync("Send decision");
        await Assertions.Expect(tab.GetByLabel("Amount")).ToHaveCountAsync(0); // the browser's own page, not ours
        Assert.Equal("pending", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        await phone.SetOfflineAsync(false);
        await tab.GoBackAsync();

        Assert.Equal("42", await review.ValueAsync("Amount"));
        await Assertions.Expect(tab.GetByLabel("Approve", new() { Exact = true })).ToBeCheckedAsync();
        await review.SendAsync("Send decision");
        await review.ReceiptAsync();
    }

    private Uri At(Asked asked) => new(deployment.Address, asked.Path);

    /// <summary>Goes on to another person before it ends.</summary>
    private Task<string> SaveWaitingAsync() => Api.SaveAsync("""
        [
          { "type": "humanTask", "name": "look", "title": "Look", "assignee": "grace@example.com",
            "form": { "fields": [{ "name": "ok", "type": "boolean" }] } },
          { "type": "end", "name": "done" }
        ]
        """, "waiting");

    private static async Task IsAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}";

    /// <summary>Nobody has to scroll sideways.</summary>
    private static async Task FitsAsync(IPage page) => Assert.True(
        await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page is wider than the phone.");
}
