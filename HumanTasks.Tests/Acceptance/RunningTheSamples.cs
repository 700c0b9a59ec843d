using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>The rule sets of <c>samples/</c>, as they are.</summary>
public class RunningTheSamples(Deployment deployment) : AcceptanceTest(deployment)
{
    [Theory]
    [InlineData("approve", "Invoice R-17 is paid: 1100 EUR.")]
    [InlineData("reject", "Invoice R-17 is declined: too dear")]
    public async Task An_invoice_is_approved_or_declined(string decision, string text)
    {
        await SaveAsync("invoice-decided", "invoice-approval");
        var started = await Api.StartAsync("invoice-approval", $$"""{ "context": {{Steps.InvoiceContext}} }""");
        var path = Steps.PathOf(started.Text("/links/approvalLink"));
        Assert.Equal("Approve invoice R-17", (await Anybody.GetAsync(path)).Is(200).Text("/title"));

        var accepted = (await Anybody.SubmitAsync(
            path, $$"""{ "decision": "{{decision}}", "amount": 1100, "reason": "too dear" }""")).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal("invoice-decided", run.Text("/ruleSet"));
        Assert.Equal(started.Text("/correlationId"), run.Text("/correlationId"));
        Assert.Equal(text, run.Text("/output/text"));
        Assert.Equal(decision, run.Text("/output/decision"));
    }

    [OwnHostFact]
    public async Task An_approver_gets_the_link_by_mail_before_the_run_comes_to_it()
    {
        await SaveAsync("invoice-decided", "invoice-approval");
        var approver = $"{Steps.Unique("approver")}@example.com";
        var started = await Api.StartAsync("invoice-approval", $$"""
            { "context": { "approver": "{{approver}}", "invoice": { "number": "R-18", "supplier": "<b>Meyer</b>", "amount": 5 } } }
            """);

        var mails = await Steps.UntilAsync(() => Api.GetAsync("/dev/mail"), answer => answer.Body.Contains(approver, StringComparison.Ordinal));

        var mail = Assert.Single(mails["/items"]!.AsArray(), item => item.At("/to")!.ToJsonString().Contains(approver, StringComparison.Ordinal));
        mail.MustHave("at", "to", "subject", "text", "html", "correlationId");
        Assert.Equal("Please approve invoice R-18", mail.Text("/subject"));
        Assert.Equal(started.Text("/correlationId"), mail.Text("/correlationId"));
        var link = started.Text("/links/approvalLink");
        Assert.Contains(link, mail.Text("/text"), StringComparison.Ordinal);
        Assert.Contains(link, mail.Text("/html"), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Meyer", mail.Text("/html"), StringComparison.Ordinal);
        await Steps.UntilAsync(() => Anybody.GetAsync(Steps.PathOf(link)), answer => answer.Status == 200);

        (await Anybody.SubmitAsync(Steps.PathOf(link), """{ "decision": "approve" }""")).Is(200);
        await Steps.UntilAsync(() => Api.GetAsync("/dev/mail"), answer => answer.Body.Contains("Invoice R-18: approve", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_machine_read_is_corrected_by_a_person_unless_it_was_sure()
    {
        await SaveAsync("extraction-accepted", "extraction-review");
        const string Context = """
            { "context": { "document": "scan.pdf", "confidence": CONFIDENCE, "extracted": { "iban": "DE89 3704", "amount": 99.9, "dueDate": "2026-12-01" } } }
            """;

        var sure = await Api.StartAsync("extraction-review", Context.Replace("CONFIDENCE", "0.97", StringComparison.Ordinal));
        var straight = await Api.RunOverAsync(sure.Text("/runId"));
        Assert.Equal("No review was needed.", straight.Text("/output"));
        Assert.Equal("DE89 3704", (await Api.RunOverAsync(straight.Text("/continuations/0"))).Text("/output/iban"));

        var unsure = await Api.StartAsync("extraction-review", Context.Replace("CONFIDENCE", "0.7", StringComparison.Ordinal));
        var path = Steps.PathOf(unsure.Text("/links/correctionLink"));
        Assert.Equal("DE89 3704", (await Anybody.GetAsync(path)).Is(200).Text("/form/fields/0/value"));
        (await Anybody.SubmitAsync(path, """{ "iban": "DE89 3704", "amount": 99.9, "dueDate": "2026-12-01" }"""))
            .IsProblem(422, "invalid-form-input")
            .HasProblemAt("/values/iban");
        var accepted = (await Anybody.SubmitAsync(
            path, """{ "iban": "DE89370400440532013000", "amount": 99.95, "dueDate": "2026-12-01", "isCreditNote": false }""")).Is(200);
        (await Api.RunOverAsync(accepted.Text("/runId")))["/output"].MustEqual(
            """{ "iban": "DE89370400440532013000", "amount": 99.95, "dueDate": "2026-12-01" }""");
    }

    [Fact]
    public async Task Two_people_sign_off_behind_one_link()
    {
        await SaveAsync("signed", "sign-off");
        var started = await Api.StartAsync("sign-off", """{ "context": { "release": "1.4.0" } }""");
        var path = Steps.PathOf(started.Text("/links/signLink"));

        var ada = (await SignAsync(path, "Ada", agrees: true)).Is(200);
        var grace = (await SignAsync(path, "Grace", agrees: false)).Is(200);
        (await SignAsync(path, "Joan", agrees: true)).IsProblem(410, "link-used-up");

        Assert.Equal("Ada signed 1.4.0.", (await Api.RunOverAsync(ada.Text("/runId"))).Text("/output"));
        Assert.Equal("Grace did not sign 1.4.0.", (await Api.RunOverAsync(grace.Text("/runId"))).Text("/output"));
        await Api.RunOverAsync(started.Text("/runId"));
    }

    [Fact]
    public async Task A_purchase_is_checked_by_one_and_decided_by_two_others()
    {
        await SaveAsync("purchase-board");
        var run = (await Api.StartAsync("purchase-board", """
            { "context": { "requester": "rob@example.com", "headOfBuying": "hilda@example.com", "buyers": ["rob@example.com", "ann@example.com"],
                "board": ["ann@example.com", "eve@example.com", "kim@example.com", "lee@example.com"],
                "purchase": { "title": "Desks", "supplier": "Meyer", "reason": "New colleagues", "items": [{ "what": "Desk", "count": 2, "price": 420 }] } } }
            """)).Text("/runId");
        Task<Reply> AnswerAsync(string action, string who, string values) =>
            Api.PostAsync($"/api/tasks/{run}-{action}/responses", $$"""{ "by": "{{who}}@example.com", "values": {{values}} }""");

        await Steps.UntilAsync(() => Api.GetAsync($"/api/tasks/{run}-check"), reply => reply.Status == 200);
        (await AnswerAsync("check", "rob", """{ "items": [] }""")).IsProblem(403, "not-an-assignee");
        (await AnswerAsync("check", "ann", """{ "items": [{ "what": "Desk", "count": 0, "price": 1 }] }""")).HasProblemAt("/values/items/0/count");
        (await AnswerAsync("check", "ann", """{ "items": [{ "what": "Desk", "count": 2, "price": 399.5 }] }""")).Is(200);
        await Steps.UntilAsync(() => Api.GetAsync($"/api/tasks/{run}-decide"), reply => reply.Status == 200);
        (await AnswerAsync("decide", "ann", """{ "name": "Ann" }""")).IsProblem(403, "not-an-assignee");
        (await AnswerAsync("decide", "eve", """{ "name": "Eve", "limit": 800 }""")).Is(200);
        (await AnswerAsync("decide", "kim", """{ "name": "Kim" }""")).Is(200);

        var done = await Api.RunOverAsync(run);
        Assert.Equal(("completed", "kim@example.com", 399.5m), (done.Text("/output/outcome"), done.Text("/output/by"), done["/output/items/0/price"]!.GetValue<decimal>()));
        Assert.Equal(3, (await Api.GetAsync($"/api/runs/{run}/receipts")).Is(200)["/items"]!.AsArray().Count);
    }

    private Task<Reply> SignAsync(string path, string name, bool agrees) => Anybody.SubmitAsync(
        path, $$"""{ "signer": "{{name}}", "checks": ["tests"], "agrees": {{(agrees ? "true" : "false")}} }""");

    private async Task SaveAsync(params string[] names)
    {
        foreach (var name in names)
        {
            var definition = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", $"{name}.json"));
            Assert.Contains((await Api.PutAsync($"/api/rule-sets/{name}", definition)).Status, new[] { 200, 201 });
        }
    }
}
