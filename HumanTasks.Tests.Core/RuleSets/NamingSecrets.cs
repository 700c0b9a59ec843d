using System.Text.Json;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Tests.RuleSets;

/// <summary>Secrets of the configuration stand in headers and bodies of http actions, and nowhere else.</summary>
public sealed class NamingSecrets
{
    private static readonly RuleSetLimits Limits = new(TimeSpan.FromDays(30), HumanTasks: true);

    [Theory]
    [InlineData("""{ "type": "set", "name": "a", "values": { "x": { "y": ["{{secret.ERP}}"] } } }""", "/actions/0/values/x/y/0")]
    [InlineData("""{ "type": "set", "name": "a", "values": { "x": { "type": "http", "body": "{{secret.ERP}}" } } }""", "/actions/0/values/x/body")]
    [InlineData("""{ "type": "http", "name": "a", "url": "https://x.example/{{secret.ERP}}" }""", "/actions/0/url")]
    [InlineData("""{ "type": "email", "name": "a", "to": "a@example.com", "subject": "{{secret.ERP}}", "body": "x" }""", "/actions/0/subject")]
    [InlineData("""{ "type": "email", "name": "a", "to": "a@example.com", "subject": "x", "body": "Key: {{ secret.ERP? }}" }""", "/actions/0/body")]
    [InlineData("""{ "type": "email", "name": "a", "to": ["a@example.com", "{{secret.ERP}}"], "subject": "x", "body": "y" }""", "/actions/0/to/1")]
    [InlineData("""{ "type": "startRuleSet", "name": "a", "ruleSet": "b", "context": { "k": "{{secret.ERP}}" } }""", "/actions/0/context/k")]
    [InlineData("""{ "type": "end", "name": "a", "output": "{{secret.ERP}}" }""", "/actions/0/output")]
    [InlineData("""{ "type": "humanTask", "name": "a", "assignee": "a@example.com", "title": "{{secret.ERP}}", "form": { "fields": [{ "name": "f", "type": "text" }] } }""", "/actions/0/title")]
    [InlineData("""{ "type": "humanTask", "name": "a", "assignee": "a@example.com", "title": "x", "form": { "fields": [{ "name": "f", "type": "text", "value": "{{secret.ERP}}" }] } }""", "/actions/0/form/fields/0/value")]
    [InlineData("""{ "type": "humanTask", "name": "a", "assignee": "a@example.com", "title": "x", "show": ["secret.ERP"], "form": { "fields": [{ "name": "f", "type": "text" }] } }""", "/actions/0/show/0")]
    [InlineData("""{ "type": "agent", "name": "a", "assignee": "a@example.com", "instructions": "Use {{secret.ERP}}" }""", "/actions/0/instructions")]
    [InlineData("""{ "type": "agent", "name": "a", "assignee": "a@example.com", "instructions": "x", "context": ["secret.ERP"] }""", "/actions/0/context/0")]
    [InlineData("""{ "type": "when", "name": "a", "if": { "all": [{ "path": "secret.ERP", "op": "exists" }] }, "then": [] }""", "/actions/0/if/all/0/path")]
    [InlineData("""{ "type": "when", "name": "a", "if": { "path": "x", "op": "exists" }, "then": [], "else": [{ "type": "set", "values": { "x": "{{secret.ERP}}" } }] }""", "/actions/0/else/0/values/x")]
    public void Anywhere_else_they_are_refused_with_the_place(string action, string pointer)
    {
        var problems = Read(action);

        Assert.Contains(problems, problem => problem.Pointer == pointer && problem.Message.Contains("'secret.ERP'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "type": "http", "name": "a", "url": "https://x.example/", "method": "POST", "headers": { "Authorization": "Bearer {{secret.ERP}}" }, "body": { "deep": [{ "token": "{{secret.ERP}}" }] } }""")]
    [InlineData("""{ "type": "when", "name": "a", "if": { "path": "x", "op": "exists" }, "then": [{ "type": "http", "url": "https://x.example/", "headers": { "X-Key": "{{secret.ERP}}" } }] }""")]
    [InlineData("""{ "type": "set", "name": "a", "values": { "x": "{{secrets.ERP}} {{secret}} secret.ERP", "path": "secret.ERP" } }""")]
    public void In_headers_and_bodies_and_as_other_words_they_are_taken(string action) => Assert.Empty(Read(action));

    [Fact]
    public void A_stored_rule_set_is_read_as_before()
    {
        var problems = new Problems();
        var document = JsonElement.Parse("""{ "actions": [{ "type": "set", "name": "a", "values": { "x": "{{secret.ERP}}" } }] }""");

        Assert.NotNull(RuleSetReader.Read(document, problems, Limits, trusted: true));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_name_that_the_configuration_does_not_have_is_a_hint()
    {
        var document = JsonElement.Parse("""{ "actions": [{ "type": "http", "name": "a", "url": "https://x.example/", "headers": { "X-A": "{{secret.ERP}}", "X-B": "{{secret.known}}" } }] }""");
        var actions = RuleSetReader.Read(document, [], Limits)!;

        var hint = Assert.Single(ConfiguredSecrets.UnknownIn(actions, new Dictionary<string, string> { ["known"] = "x" }));
        Assert.Equal("/actions/0", hint.Pointer);
        Assert.Contains("'ERP'", hint.Message, StringComparison.Ordinal);
    }

    private static Problems Read(string action)
    {
        var problems = new Problems();
        RuleSetReader.Read(JsonElement.Parse($$"""{ "actions": [{{action}}] }"""), problems, Limits);
        return problems;
    }
}
