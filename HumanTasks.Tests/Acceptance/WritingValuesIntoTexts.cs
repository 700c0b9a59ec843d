using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>Values of a context in emails, titles, descriptions and forms: addresses work, codes stay codes, formats say how the rest reads.</summary>
public class WritingValuesIntoTexts(Deployment deployment) : AcceptanceTest(deployment), IDisposable
{
    private const string Context = """{ "orderId": 4500012345, "id": "INV_2026_001", "due": "2026-12-01", "amount": 1234.5, "name": "Ada & Söhne" }""";

    private readonly Visitor person = new(deployment.Address);

    public void Dispose() => person.Dispose();

    [OwnHostFact]
    public async Task Links_of_an_email_lead_where_its_author_meant()
    {
        var to = $"{Steps.Unique("to")}@example.com";
        var ruleSet = await Api.SaveAsync($$"""
            [{ "type": "email", "name": "m", "to": "{{to}}", "subject": "Order {{"{{orderId}}"}}: https://crm.example.com/orders/{{"{{id}}"}}?n={{"{{name}}"}}",
               "body": "[Open](https://crm.example.com/orders/{{"{{orderId}}"}}?d={{"{{due}}"}}) or https://crm.example.com/i/{{"{{id}}"}} until {{"{{due}}"}}: {{"{{amount | currency:EUR}}"}} for {{"{{orderId}}"}}, {{"{{orderId | number}}"}} and {{"{{\\\"{{x}}\\\"}}"}}" }]
            """);
        await Api.StartAsync(ruleSet, $$"""{ "context": {{Context}} }""");

        var mails = await Steps.UntilAsync(() => Api.GetAsync("/dev/mail"), answer => answer.Body.Contains(to, StringComparison.Ordinal));

        var mail = Assert.Single(mails["/items"]!.AsArray(), item => item.At("/to")!.ToJsonString().Contains(to, StringComparison.Ordinal))!;
        Assert.Equal("Order 4500012345: https://crm.example.com/orders/INV_2026_001?n=Ada%20%26%20S%C3%B6hne", mail.Text("/subject"));
        Assert.Equal(
            "Open <https://crm.example.com/orders/4500012345?d=2026-12-01> or https://crm.example.com/i/INV_2026_001 until 1 December 2026: "
            + "1,234.50\u00a0EUR for 4500012345, 4,500,012,345 and {{x}}",
            mail.Text("/text"));
        Assert.Contains("href=\"https://crm.example.com/orders/4500012345?d=2026-12-01\"", mail.Text("/html"), StringComparison.Ordinal);
        Assert.Contains("href=\"https://crm.example.com/i/INV_2026_001\"", mail.Text("/html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_and_formats_stand_on_the_page_in_the_language_of_the_task()
    {
        var asked = await AskAsync($$"""
            "language": "de", "timeZone": "Europe/Berlin", "title": "Rechnung {{"{{id}}"}} über {{"{{amount | currency:EUR}}"}}",
            "description": "Siehe https://crm.example.com/i/{{"{{id}}"}} bis {{"{{due | date}}"}}, Nummer {{"{{orderId}}"}}.",
            "form": { "fields": [{ "name": "a", "type": "text", "label": "Für {{"{{orderId | number}}"}}", "help": "https://crm.example.com/{{"{{name}}"}}" },
              { "name": "d", "type": "display", "markdown": "[Mehr](https://crm.example.com/i/{{"{{id}}"}})" }] }
            """);

        var page = (await person.OpenAsync(asked.Path)).Is(200);

        Assert.Equal("Rechnung INV_2026_001 über 1.234,50\u00a0EUR", page.Heading);
        Assert.Contains("bis 1. Dezember 2026, Nummer 4500012345.", page.The(".prose").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["https://crm.example.com/i/INV_2026_001", "https://crm.example.com/i/INV_2026_001"],
            page.Document.QuerySelectorAll("a[href^='https://crm.example.com']").Select(link => link.GetAttribute("href")));
        Assert.Contains("Für 4.500.012.345", page.Text, StringComparison.Ordinal);
        Assert.Contains("https://crm.example.com/Ada%20%26%20S%C3%B6hne", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_its_format_fails_the_run_by_name()
    {
        var ruleSet = await Api.SaveAsync("""[{ "type": "end", "name": "done", "output": "{{name | number}}" }]""");

        var run = await Api.RunOverAsync((await Api.StartAsync(ruleSet, $$"""{ "context": {{Context}} }""")).Text("/runId"), "failed");

        Assert.Contains("'name | number'", run.Text("/error/message"), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", run["/error"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "email", "name": "m", "to": "a@example.com", "subject": "S", "body": "{{a | euro}}" }""", "/actions/0/body")]
    [InlineData("""{ "type": "set", "name": "m", "values": { "a": ["{{a | currency:euro}}"] } }""", "/actions/0/values/a/0")]
    [InlineData("""{ "type": "http", "name": "m", "url": "https://x.example/", "headers": { "X-A": "{{a | Number}}" } }""", "/actions/0/headers/X-A")]
    public async Task An_unknown_format_is_refused_with_its_pointer(string action, string pointer) =>
        (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("format")}", $$"""{ "actions": [{{action}}] }"""))
            .IsProblem(422, "invalid-request").HasProblemAt(pointer);

    [Fact]
    public async Task An_unknown_format_in_a_task_without_a_rule_set_is_refused_too() =>
        (await Api.PostAsync("/api/tasks", """
            { "title": "{{a | euro}}", "assignee": "ada@example.com", "context": { "a": 1 },
              "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "{{a | dollars}}" }] } }
            """)).IsProblem(422, "invalid-request").HasProblemAt("/title").HasProblemAt("/form/fields/0/label");

    private async Task<Asked> AskAsync(string members)
    {
        var continuation = await Api.SaveContinuationAsync();
        return Steps.Asked((await Api.PostAsync("/api/interventions", $$"""
            { {{members}}, "context": {{Context}}, "continuation": { "ruleSet": "{{continuation}}" } }
            """)).Is(201));
    }
}
