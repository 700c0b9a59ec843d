using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A link or a secret in a wrong place does not come back in an error, which more people may read.</summary>
public class KeepingValuesOutOfErrors(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Secret = "TOPSECRET-9f3a";

    private const string Context = $$"""{ "context": { "secret": "{{Secret}}", "broken": "Bearer {{Secret}}\r\nX: y" } }""";

    [Theory]
    [InlineData("""{ "type": "email", "to": "{{secret}}", "subject": "s", "body": "b" }""", "'to'")]
    [InlineData("""{ "type": "email", "to": "a@example.com", "cc": ["{{secret}}"], "subject": "s", "body": "b" }""", "'cc'")]
    [InlineData("""{ "type": "http", "url": "{{secret}}" }""", "'url'")]
    [InlineData("""{ "type": "http", "url": "https://example.com", "headers": { "Authorization": "{{broken}}" } }""", "'Authorization'")]
    [InlineData("""{ "type": "http", "method": "POST", "url": "https://example.com", "body": "b", "headers": { "Content-Type": "{{broken}}" } }""", "'Content-Type'")]
    [InlineData("""
        { "type": "humanIntervention", "title": "t", "continuation": { "ruleSet": "x" },
          "form": { "fields": [{ "name": "f", "type": "text", "visibleWhen": { "field": "{{secret}}", "equals": 1 } }] } }
        """, "/form/fields/0")]
    public async Task An_error_names_the_member_and_not_the_value(string action, string named)
    {
        var reply = await Api.PutAsync($"/api/rule-sets/{Steps.Unique("leak")}", $$"""{ "actions": [{{action}}] }""");
        if (reply.Status == 422)
        {
            return; // refused before there is any value
        }

        var run = await Api.RunOverAsync((await Api.StartAsync(reply.Text("/name"), Context)).Text("/runId"), "failed");
        var log = string.Concat((await Api.LogAsync(run.Text("/id"))).Select(line => line.ToJsonString()));

        Assert.Contains(named, run.Text("/error/message"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Text("/error/message"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"to\": \"{{askLink}}\"", "/actions/0/to")]
    [InlineData("\"to\": [\"a@example.com\", \"{{askLink}}\"]", "/actions/0/to/1")]
    [InlineData("\"to\": \"a@example.com\", \"cc\": \"x{{askLink}}\"", "/actions/0/cc")]
    public async Task A_link_is_no_address_to_send_mail_to(string addresses, string pointer)
    {
        var reply = await Api.PutAsync($"/api/rule-sets/{Steps.Unique("leak")}", $$"""
            { "actions": [{ "type": "email", {{addresses}}, "subject": "s", "body": "b" },
              { "type": "humanIntervention", "name": "ask", "title": "t", "form": { "fields": [{ "name": "f", "type": "text" }] },
                "continuation": { "ruleSet": "x" } }] }
            """);

        Assert.Equal(pointer, Assert.Single(reply.IsProblem(422, "invalid-request")["/errors"]!.AsArray())!.Text("/pointer"));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Expect")]
    [InlineData("Connection")]
    [InlineData("Transfer-Encoding")]
    [InlineData("upgrade")]
    [InlineData("TE")]
    [InlineData("Content-Length")]
    public async Task A_rule_set_does_not_set_headers_of_the_connection(string header)
    {
        var reply = await Api.PutAsync(
            $"/api/rule-sets/{Steps.Unique("header")}",
            $$"""{ "actions": [{ "type": "http", "url": "https://example.com", "headers": { "{{header}}": "x" } }] }""");

        Assert.Equal(
            $"/actions/0/headers/{header}",
            Assert.Single(reply.IsProblem(422, "invalid-request")["/errors"]!.AsArray())!.Text("/pointer"));
    }

    [Theory]
    [InlineData("https://user:password@example.com/hook")]
    [InlineData("https://user@example.com/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://168.63.129.16/hook")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://2130706433/hook")]
    public async Task A_webhook_with_a_password_or_a_private_address_is_refused_when_it_is_saved(string webhook)
    {
        var reply = await Api.PostAsync("/api/interventions", $$"""
            { "form": { "fields": [{ "name": "f", "type": "text" }] }, "continuation": { "webhook": "{{webhook}}" } }
            """);

        Assert.Equal(
            "/continuation/webhook", Assert.Single(reply.IsProblem(422, "invalid-request")["/errors"]!.AsArray())!.Text("/pointer"));
    }
}
