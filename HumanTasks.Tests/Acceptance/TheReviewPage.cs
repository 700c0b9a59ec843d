using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A link opened by a person, without any script.</summary>
public partial class TheReviewPage(Deployment deployment) : AcceptanceTest(deployment), IDisposable
{
    private const string EveryField = """
        {
          "fields": [
            { "name": "line", "type": "text", "label": "Line", "required": true, "help": "One line.", "value": "as it was" },
            { "name": "area", "type": "text", "multiline": true, "label": "Area", "maxLength": 50 },
            { "name": "number", "type": "number", "label": "Number", "min": 0.5, "value": "{{invoice.amount}}" },
            { "name": "integer", "type": "integer", "label": "Integer" },
            { "name": "date", "type": "date", "label": "Date", "value": "2026-11-22" },
            { "name": "dateTime", "type": "dateTime", "label": "Date and time" },
            { "name": "time", "type": "time", "label": "Time" },
            { "name": "email", "type": "email", "label": "E-mail" },
            { "name": "url", "type": "url", "label": "Address" },
            { "name": "boolean", "type": "boolean", "label": "Boolean" },
            { "name": "answer", "type": "boolean", "label": "Yes or no", "required": true },
            { "name": "dropdown", "type": "choice", "label": "Dropdown", "display": "dropdown", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
            { "name": "radio", "type": "choice", "display": "radio", "label": "Radio", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
            { "name": "buttons", "type": "choice", "display": "buttons", "label": "Buttons", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
            { "name": "multi", "type": "multiChoice", "label": "Multi", "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
            { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf"] },
            { "name": "fixed", "type": "text", "label": "Fixed", "readOnly": true, "value": "not to change" },
            { "name": "why", "type": "text", "label": "Why", "required": true, "visibleWhen": { "field": "radio", "equals": "b" } }
          ],
          "submitLabel": "Send it off"
        }
        """;

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfor a test\n%%EOF\n");

    private Visitor Person => field ??= new Visitor(Address);

    [Fact]
    public async Task Everything_that_is_asked_is_on_the_page()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2, \"show\": [\"*\"],");

        var page = (await Person.OpenAsync(asked.Path)).Is(200);

        Assert.Equal("text/html", page.Reply.ContentType);
        Assert.Equal("Approve invoice R-17", page.Heading);
        Assert.Contains("Approve invoice R-17", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Meyer & Söhne", page.The(".prose strong").TextContent);
        Assert.Contains("asks for 1200.5 EUR.", page.The(".prose").TextContent, StringComparison.Ordinal);
        Assert.Contains("not yet known", page.Text, StringComparison.Ordinal);
        Assert.Equal("Send decision", page.The("form#form button[type=submit]").TextContent.Trim());
        Assert.Contains("2 responses left", page.Text, StringComparison.Ordinal);
        Assert.EndsWith("Z", page.The("time").GetAttribute("datetime"), StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Every_type_of_field_has_its_control_with_its_label()
    {
        var asked = await Api.InterveneAsync(form: EveryField);

        var page = (await Person.OpenAsync(asked.Path)).Is(200);

        Assert.Equal("multipart/form-data", page.Form.GetAttribute("enctype"));
        IsLabelled(page, "input[name=line]", "Line");
        IsLabelled(page, "textarea[name=area]", "Area");
        IsLabelled(page, "input[name=number]", "Number");
        IsLabelled(page, "input[name=integer]", "Integer");
        IsLabelled(page, "input[name=date][type=date]", "Date");
        IsLabelled(page, "input[name=dateTime][type=datetime-local]", "Date and time");
        IsLabelled(page, "input[name=time][type=time]", "Time");
        IsLabelled(page, "input[name=email][type=email]", "E-mail");
        IsLabelled(page, "input[name=url][type=url]", "Address");
        IsLabelled(page, "input[name=boolean][type=checkbox]", "Boolean");
        IsLabelled(page, "select[name=dropdown]", "Dropdown");
        IsLabelled(page, "input[name=receipt][type=file]", "Receipt");
        foreach (var (name, type) in new[] { ("answer", "radio"), ("radio", "radio"), ("buttons", "radio"), ("multi", "checkbox") })
        {
            var options = page.Document.QuerySelectorAll<IHtmlInputElement>($"fieldset input[name={name}][type={type}]").ToArray();
            Assert.Equal(2, options.Length);
            Assert.All(options, option => Assert.Equal(option.Id, option.Closest("label")?.GetAttribute("for")));
        }

        Assert.Equal("as it was", page.Value("line"));
        Assert.Equal("1200.5", page.Value("number"));
        Assert.Equal("2026-11-22", page.Value("date"));
        Assert.Null(page.Document.QuerySelector("[name=fixed]:not([type=hidden])"));
        Assert.Contains("not to change", page.Text, StringComparison.Ordinal);
        Assert.Equal(".pdf", page.The("input[name=receipt]").GetAttribute("accept"));
        Assert.Contains("One line.", Described(page, page.The("input[name=line]")), StringComparison.Ordinal);
        var ids = page.Document.All.Select(element => element.Id).Where(id => id is { Length: > 0 }).ToArray();
        Assert.Equal(ids.Distinct().Count(), ids.Length);
    }

    [Fact]
    public async Task A_filled_form_leads_to_a_receipt_that_is_safe_to_reload()
    {
        var asked = await Api.InterveneAsync(form: EveryField);
        var page = Fill(await Person.OpenAsync(asked.Path));

        var receipt = (await Person.SendAndFollowAsync(page)).Is(200);
        var again = (await Person.OpenAsync(receipt.Path)).Is(200);

        foreach (var each in new[] { receipt, again })
        {
            Assert.Contains(asked.CorrelationId, each.Text, StringComparison.Ordinal);
            Assert.Contains("café", each.Text, StringComparison.Ordinal);
            Assert.Contains("Beleg.pdf", each.Text, StringComparison.Ordinal);
            Assert.Contains("Approve invoice R-17", each.Text, StringComparison.Ordinal);
        }

        var run = await Api.RunOverAsync((await Api.TaskAsync(asked.TaskId)).Text("/responses/0/runId"));
        Assert.Equal("completed", run.Text("/status"));
        var context = run["/context"];
        Assert.Equal("café", context.Text("/line"));
        Assert.Equal("one\ntwo", context.Text("/area"));
        Assert.Equal(12.75m, context.At("/number")!.GetValue<decimal>());
        Assert.Equal(-3, context.Number("/integer"));
        Assert.Equal("2027-01-31", context.Text("/date"));
        Assert.StartsWith("2027-01-31T08:15", context.Text("/dateTime"), StringComparison.Ordinal);
        Assert.StartsWith("08:15", context.Text("/time"), StringComparison.Ordinal);
        Assert.Equal("ada@example.com", context.Text("/email"));
        Assert.Equal("https://example.com/", context.Text("/url"));
        Assert.False(context.At("/boolean")!.GetValue<bool>());
        Assert.True(context.At("/answer")!.GetValue<bool>());
        Assert.Equal("b", context.Text("/dropdown"));
        Assert.Equal("a", context.Text("/radio"));
        Assert.Equal("b", context.Text("/buttons"));
        context.At("/multi").MustEqual("""["a", "b"]""");
        Assert.Equal("Beleg.pdf", context.Text("/receipt/name"));
        Assert.Equal("not to change", context.Text("/fixed"));
        Assert.Null(context.At("/why"));
        Assert.Equal(2, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [Fact]
    public async Task The_receipt_says_how_the_run_stands_and_can_be_downloaded()
    {
        var asked = await Api.InterveneAsync();
        var receipt = await Person.SendAndFollowAsync((await Person.OpenAsync(asked.Path)).Fill("decision", "approve"));
        await Api.RunOverAsync((await Api.TaskAsync(asked.TaskId)).Text("/responses/0/runId"));

        var later = (await Person.OpenAsync(receipt.Path)).Is(200);

        Assert.Equal("Completed", later.The("[role=status] [data-state-text]").TextContent.Trim());
        var file = await Anybody.GetAsync(later.The("a[download]").GetAttribute("href")!);
        Assert.Equal("text/plain", file.Is(200).ContentType);
        Assert.Equal("attachment", file.ContentHeaders.ContentDisposition?.DispositionType);
        Assert.Contains(asked.CorrelationId, file.Body, StringComparison.Ordinal);
        Assert.Contains("Decision: Approve", file.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_found_only_behind_its_own_link()
    {
        var asked = await Api.InterveneAsync();
        var other = await Api.InterveneAsync();
        var accepted = (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        var responseId = accepted.Text("/responseId");

        (await Person.OpenAsync($"{asked.Path}/responses/{responseId}")).Is(200);
        (await Person.OpenAsync($"{other.Path}/responses/{responseId}")).Is(404);
        (await Person.OpenAsync($"{asked.Path}x/responses/{responseId}")).Is(404);
        (await Person.OpenAsync($"{asked.Path}/responses/00000000000000000000000000")).Is(404);
    }

    [Fact]
    public async Task A_double_click_is_one_submission_with_one_receipt()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 5,");
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");

        var sent = await Task.WhenAll(Person.SendAsync(page), Person.SendAsync(page), Person.SendAsync(page));

        Assert.Single(sent.Select(answer => answer.Is(303).Reply.Header("Location")).Distinct());
        Assert.Equal(4, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
        Assert.Equal(303, (await Person.SendAsync(page)).Reply.Status);
    }

    [Fact]
    public async Task Going_back_and_sending_something_else_is_asked_about()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 5,");
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");
        await Person.SendAndFollowAsync(page);

        var asksAgain = (await Person.SendAsync(page.Fill("amount", "7"))).Is(422);

        Assert.Equal("7", asksAgain.Value("amount"));
        Assert.Equal(4, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
        await Person.SendAndFollowAsync(asksAgain);
        Assert.Equal(3, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_that_was_left_open_until_another_answered_says_so()
    {
        var asked = await Api.InterveneAsync();
        var page = (await Person.OpenAsync(asked.Path)).Fill("decision", "approve");
        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "reject", "reason": "no" }""")).Is(200);

        var refused = (await Person.SendAsync(page)).Is(410);

        Assert.Equal("Already used the maximum number of times", refused.Heading);
    }

    [Fact]
    public async Task A_task_that_may_be_declined_can_be_declined_on_its_page()
    {
        var asked = await Api.AssignAsync("\"allowReject\": true,");
        var (_, session) = await Anybody.VerifyAsync(asked);
        Person.Cookies.SetCookies(new Uri(Address, asked.Path), $"{session}; path={asked.Path}");
        var page = (await Person.OpenAsync(asked.Path)).Is(200).Fill("_reason", "not mine");
        var reject = page.The("button[name=_reject]");
        var button = page.Document.CreateElement("input");
        button.SetAttribute("type", "hidden");
        button.SetAttribute("name", "_reject");
        button.SetAttribute("value", reject.GetAttribute("value")!);
        page.Form.AppendChild(button);

        (await Person.SendAndFollowAsync(page)).Is(200);

        Assert.Equal("rejected", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        Assert.Contains("not mine", (await Api.RunOverAsync(asked.RunId)).Body, StringComparison.Ordinal);
    }

    public void Dispose() => Person.Dispose();

    private static Page Fill(Page page) => page.Is(200)
        .Fill("line", "café").Fill("area", "one\ntwo").Fill("number", "12.75").Fill("integer", "-3").Fill("date", "2027-01-31")
        .Fill("dateTime", "2027-01-31T08:15").Fill("time", "08:15").Fill("email", "ada@example.com").Fill("url", "https://example.com/")
        .Fill("answer", "true").Fill("dropdown", "b").Fill("radio", "a").Fill("buttons", "b").Fill("multi", "a").Fill("multi", "b")
        .Choose("receipt", "Beleg.pdf", Pdf);

    private static void IsLabelled(Page page, string selector, string label)
    {
        var control = page.The(selector);
        var labels = page.Document.QuerySelectorAll<IHtmlLabelElement>($"label[for='{control.Id}']");
        Assert.Contains(labels, each => each.TextContent.Contains(label, StringComparison.Ordinal));
    }

    private static string Described(Page page, IElement control) => string.Join(
        ' ',
        (control.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => page.The($"#{id}").TextContent));
}
