using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What a PUT says of the rule sets that go on from the saved one, without refusing it.</summary>
public class HintingAtContinuations(Deployment deployment) : AcceptanceTest(deployment)
{
    [Theory]
    [InlineData("""{ "type": "humanIntervention", "name": "a", "title": "T", "show": [], "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "continuation": { "ruleSet": "NAME" } }""", "/actions/0/continuation/ruleSet")]
    [InlineData("""{ "type": "humanTask", "name": "a", "title": "T", "show": [], "assignee": "a@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "continuation": { "ruleSet": "NAME" } }""", "/actions/0/continuation/ruleSet")]
    [InlineData("""{ "type": "when", "if": { "path": "x", "op": "exists" }, "then": [{ "type": "when", "if": { "path": "y", "op": "exists" }, "then": [], "else": [{ "type": "startRuleSet", "ruleSet": "NAME" }] }] }""", "/actions/0/then/0/else/0/ruleSet")]
    public async Task A_rule_set_that_does_not_exist_yet_is_named(string action, string pointer)
    {
        var missing = Steps.Unique("missing");
        var name = Steps.Unique("hinted");
        var document = $$"""{ "actions": [{{action.Replace("NAME", missing, StringComparison.Ordinal)}}] }""";

        var hinted = (await Api.PutAsync($"/api/rule-sets/{name}", document)).Is(201);
        (await Api.PutAsync($"/api/rule-sets/{missing}", """{ "actions": [{ "type": "end" }] }""")).Is(201);
        var again = (await Api.PutAsync($"/api/rule-sets/{name}", document)).Is(200);

        var hint = Assert.Single(hinted["/hints"]!.AsArray())!;
        Assert.Equal(pointer, hint.Text("/pointer"));
        Assert.Contains($"'{missing}'", hint.Text("/message"), StringComparison.Ordinal);
        Assert.Null(again["/hints"]);
    }

    [Fact]
    public async Task A_rule_set_that_goes_on_with_itself_and_circles_are_read_to_their_end()
    {
        var (one, other) = (Steps.Unique("one"), Steps.Unique("other"));
        (await Api.PutAsync($"/api/rule-sets/{one}", $$"""{ "actions": [{ "type": "startRuleSet", "ruleSet": "{{other}}" }] }""")).Is(201);

        var circle = (await Api.PutAsync($"/api/rule-sets/{other}", Asking(other, """{ "name": "note", "type": "text" }""", $$"""{ "type": "startRuleSet", "ruleSet": "{{one}}" }, { "type": "end", "output": "{{"{{note}}"}}" }"""))).Is(201);

        Assert.Equal("/actions/0/form/fields/0", Assert.Single(circle["/hints"]!.AsArray())!.Text("/pointer"));
    }

    [Theory]
    [InlineData("""{ "name": "note", "type": "text" }""")]
    [InlineData("""{ "name": "note", "type": "text", "required": true, "visibleWhen": { "field": "ok", "equals": true } }""")]
    [InlineData("""{ "name": "note", "type": "boolean", "visibleWhen": { "field": "ok", "equals": true } }""")]
    [InlineData("""{ "name": "note", "type": "text", "value": "prefilled" }""")]
    [InlineData("""{ "name": "note", "type": "file" }""")]
    public async Task A_field_that_may_be_null_is_named_where_the_next_rule_set_needs_it(string field)
    {
        var hint = Assert.Single(await HintsAsync(field, """{ "type": "set", "name": "s", "values": { "text": "It says {{note}}" } }"""))!;

        Assert.Equal("/actions/0/form/fields/0", hint.Text("/pointer"));
        Assert.Contains("'note'", hint.Text("/message"), StringComparison.Ordinal);
        Assert.Contains("/actions/0/values/text", hint.Text("/message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "note", "type": "text", "required": true }""")]
    [InlineData("""{ "name": "note", "type": "boolean" }""")]
    [InlineData("""{ "name": "note", "type": "text", "readOnly": true, "value": "x" }""")]
    public async Task A_field_that_always_has_a_value_is_not(string field) =>
        Assert.Empty(await HintsAsync(field, """{ "type": "end", "name": "e", "output": "{{note}}" }"""));

    [Theory]
    [InlineData("""{ "type": "email", "name": "m", "to": "{{note}}", "subject": "S", "body": "B" }""", true)]
    [InlineData("""{ "type": "humanTask", "name": "t", "title": "T", "assignee": "a@example.com", "form": { "fields": [{ "name": "f", "type": "text", "label": "About {{note | text}}" }] } }""", true)]
    [InlineData("""{ "type": "when", "if": { "path": "note", "op": "gt", "value": 5 }, "then": [{ "type": "end" }] }""", true)]
    [InlineData("""{ "type": "when", "if": { "path": "other", "op": "eq", "value": 5 }, "then": [{ "type": "end", "output": "{{note.deep}}" }] }""", true)]
    [InlineData("""{ "type": "when", "if": { "path": "note", "op": "exists" }, "then": [], "else": [{ "type": "end", "output": "{{note}}" }] }""", true)]
    [InlineData("""{ "type": "when", "if": { "path": "other", "op": "exists" }, "then": [{ "type": "set", "values": { "note": "x" } }] }, { "type": "end", "output": "{{note}}" }""", true)]
    [InlineData("""{ "type": "end", "output": "{{note?}}" }""", false)]
    [InlineData("""{ "type": "end", "output": "{{\"{{note}}\"}}" }""", false)]
    [InlineData("""{ "type": "set", "values": { "note": "x" } }, { "type": "end", "output": "{{note}}" }""", false)]
    [InlineData("""{ "type": "when", "if": { "path": "note", "op": "exists" }, "then": [{ "type": "end", "output": "{{note}}" }] }""", false)]
    [InlineData("""{ "type": "when", "if": { "not": { "path": "note", "op": "exists" } }, "then": [{ "type": "set", "values": { "note": "x" } }] }, { "type": "end", "output": "{{note}}" }""", false)]
    [InlineData("""{ "type": "when", "if": { "not": { "path": "note", "op": "exists" } }, "then": [{ "type": "end" }] }, { "type": "end", "output": "{{note}}" }""", false)]
    [InlineData("""{ "type": "when", "if": { "all": [{ "path": "note", "op": "exists" }, { "path": "note", "op": "gt", "value": 5 }] }, "then": [{ "type": "end", "output": "{{note}}" }] }""", false)]
    [InlineData("""{ "type": "when", "if": { "path": "note", "op": "eq", "value": "x" }, "then": [{ "type": "end", "output": "{{note}}" }] }""", false)]
    [InlineData("""{ "type": "http", "url": "https://x.example/", "saveAs": "note" }, { "type": "end", "output": "{{note.status}}" }""", false)]
    public async Task What_the_next_rule_set_needs_is_what_nothing_before_sets_or_asks_for(string actions, bool needs) =>
        Assert.Equal(needs, (await HintsAsync("""{ "name": "note", "type": "text" }""", actions)).Count > 0);

    [Fact]
    public async Task A_need_further_down_is_found_where_the_context_is_handed_on()
    {
        var last = await Api.SaveAsync("""[{ "type": "end", "output": "{{note}}" }]""");

        Assert.Single(await HintsAsync("""{ "name": "note", "type": "text" }""", $$"""{ "type": "startRuleSet", "ruleSet": "{{last}}" }"""));
        Assert.Empty(await HintsAsync("""{ "name": "note", "type": "text" }""", $$"""{ "type": "startRuleSet", "ruleSet": "{{last}}", "context": { "note": "x" } }"""));
    }

    [Fact]
    public async Task A_field_of_a_later_page_is_pointed_at()
    {
        var next = await Api.SaveAsync("""[{ "type": "end", "output": "{{note}}" }]""");

        var hinted = (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("pages")}", $$"""
            { "actions": [{ "type": "humanIntervention", "name": "a", "title": "T", "show": [], "continuation": { "ruleSet": "{{next}}" },
              "form": { "pages": [{ "fields": [{ "name": "ok", "type": "boolean" }] }, { "fields": [{ "name": "ok2", "type": "boolean" }, { "name": "note", "type": "text" }] }] } }] }
            """)).Is(201);

        Assert.Equal("/actions/0/form/pages/1/fields/1", hinted.Text("/hints/0/pointer"));
    }

    private async Task<System.Text.Json.Nodes.JsonArray> HintsAsync(string field, string nextActions)
    {
        var next = await Api.SaveAsync($"[{nextActions}]");
        return (await Api.PutAsync($"/api/rule-sets/{Steps.Unique("hinted")}", Asking(next, field))).Is(201)["/hints"]?.AsArray() ?? [];
    }

    private static string Asking(string next, string field, string? more = null) => $$"""
        { "actions": [{ "type": "humanIntervention", "name": "a", "title": "T", "show": [], "continuation": { "ruleSet": "{{next}}" },
          "form": { "fields": [{{field}}, { "name": "ok", "type": "boolean" }] } }{{(more is null ? "" : $", {more}")}}] }
        """;
}
