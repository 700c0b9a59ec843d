using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.RuleSets;

public sealed partial class ReadingARuleSet
{
    private const string Form = """{ "fields": [ { "name": "ok", "type": "boolean" } ] }""";

    private static readonly RuleSetLimits Limits = new(TimeSpan.FromDays(30), HumanTasks: true);

    [Fact]
    public void The_complete_example_of_the_contract_has_no_problem()
    {
        var actions = Read(Example);

        var email = Assert.IsType<RuleAction.Email>(actions[0]);
        Assert.Equal("{{approver}}", Assert.Single(email.To).Text);
        var approve = Assert.IsType<RuleAction.HumanIntervention>(actions[1]);
        Assert.Equal("approve", approve.Name);
        Assert.Equal("/actions/1", approve.Pointer);
        Assert.Equal(TimeSpan.FromHours(24), approve.LinkExpiration);
        Assert.Equal(1, approve.MaxUses);
        Assert.Equal("approvalLink", approve.LinkContextKey);
        Assert.Equal(new Continuation.RuleSet("invoice-decided"), approve.Continuation);
        Assert.Equal(["decision", "amount", "reason", "receipt"], approve.Request.Form.Fields.Select(field => field.Name));
        Assert.Equal("Send decision", approve.Request.Form.SubmitLabel);
    }

    [Theory]
    [InlineData("""{ "type": "set", "values": { "a": 1, "b.c": "{{a}}", "__proto__": { "x": [1, null] } } }""", "set")]
    [InlineData("""{ "type": "when", "if": { "path": "a" }, "then": [] }""", "when")]
    [InlineData("""{ "type": "http", "method": "POST", "url": "https://example.com/{{id}}", "headers": { "X-A": "{{a}}", "Content-Type": "text/plain" }, "body": { "a": "{{a}}" }, "saveAs": "answer.of", "timeoutSeconds": 5, "expect": [200, 404] }""", "http")]
    [InlineData("""{ "type": "http", "method": "GET", "url": "https://example.com", "saveAs": "x" }""", "http")]
    [InlineData("""{ "type": "email", "to": "a@example.com", "subject": "s", "body": "b" }""", "email")]
    [InlineData("""{ "type": "email", "to": ["{{a}}", "b@example.com"], "cc": ["c@example.com"], "subject": "s", "body": "b" }""", "email")]
    [InlineData($$$"""{ "type": "humanTask", "assignee": "{{a}}", "title": "t", "description": "d", "form": {{{Form}}}, "dueInHours": 1.5, "expiresInHours": 720, "allowReject": true, "saveAs": "a.b" }""", "humanTask")]
    [InlineData($$"""{ "type": "humanTask", "assignee": "a@example.com", "title": "t", "form": {{Form}} }""", "humanTask")]
    [InlineData($$"""{ "type": "humanIntervention", "title": "t", "description": "d", "form": {{Form}}, "continuation": { "ruleSet": "x" }, "linkExpirationHours": 0.25, "maxUses": 1000, "linkContextKey": "k" }""", "humanIntervention")]
    [InlineData($$"""{ "type": "humanIntervention", "title": "t", "form": {{Form}}, "continuation": { "webhook": "https://example.com/hook" } }""", "humanIntervention")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "other" }""", "startRuleSet")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "other", "context": { "a": "{{a}}" } }""", "startRuleSet")]
    [InlineData("""{ "type": "end" }""", "end")]
    [InlineData("""{ "type": "end", "status": "failed", "output": { "a": "{{a}}" } }""", "end")]
    public void Every_action_has_the_members_of_the_contract(string action, string type) =>
        Assert.Equal(type, ReadActions(action)[0].Type);

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var actions = ReadActions(
            """{ "type": "http", "url": "https://example.com" }""",
            $$"""{ "type": "humanTask", "name": "decide.it", "assignee": "a@example.com", "title": "t", "form": {{Form}} }""",
            $$"""{ "type": "humanIntervention", "name": "ask.me", "title": "t", "form": {{Form}}, "continuation": { "ruleSet": "x" } }""",
            """{ "type": "end" }""");

        var http = Assert.IsType<RuleAction.Http>(actions[0]);
        Assert.Equal(("GET", TimeSpan.FromSeconds(30)), (http.Method, http.Timeout));
        var task = Assert.IsType<RuleAction.HumanTask>(actions[1]);
        Assert.Equal("decide_it", task.SaveAs.Text);
        Assert.False(task.AllowReject);
        Assert.Null(task.Timing.DueIn);
        Assert.Null(task.Timing.ExpiresIn);
        var intervention = Assert.IsType<RuleAction.HumanIntervention>(actions[2]);
        Assert.Equal(TimeSpan.FromHours(1), intervention.LinkExpiration);
        Assert.Equal(1, intervention.MaxUses);
        Assert.Equal("ask_meLink", intervention.LinkContextKey);
        Assert.Equal(EndStatus.Completed, Assert.IsType<RuleAction.End>(actions[3]).Status);
    }

    [Theory]
    [InlineData("""[]""", "")]
    [InlineData("""{}""", "/actions")]
    [InlineData("""{ "actions": null }""", "/actions")]
    [InlineData("""{ "actions": [] }""", "/actions")]
    [InlineData("""{ "actions": {} }""", "/actions")]
    [InlineData("""{ "name": 5, "actions": [] }""", "/name", "/actions")]
    [InlineData("""{ "actions": [ { "type": "end" } ], "action": 1, "a/b~": 2 }""", "/action", "/a~1b~0")]
    [InlineData("""{ "actions": [ 5, { "type": "end" }, null ] }""", "/actions/0", "/actions/2")]
    public void A_document_that_is_no_rule_set_is_refused(string document, params string[] pointers) =>
        Assert.Equal(pointers, Problems(document).Select(problem => problem.Pointer));

    [Theory]
    [InlineData("""{ }""", "/type")]
    [InlineData("""{ "type": 5 }""", "/type")]
    [InlineData("""{ "type": "" }""", "/type")]
    [InlineData("""{ "type": "teleport", "to": "x", "speed": 5 }""", "/type")]
    [InlineData("""{ "type": "jump", "to": 5 }""", "/type")]
    [InlineData("""{ "type": "End" }""", "/type")]
    [InlineData("""{ "type": "__proto__" }""", "/type")]
    [InlineData("""{ "type": "end", "name": "a b" }""", "/name")]
    [InlineData("""{ "type": "end", "name": "-a" }""", "/name")]
    [InlineData("""{ "type": "end", "name": "" }""", "/name")]
    [InlineData("""{ "type": "end", "name": "a\n" }""", "/name")]
    [InlineData("""{ "type": "end", "name": 5 }""", "/name")]
    [InlineData("""{ "type": "end", "outputs": 1 }""", "/outputs")]
    [InlineData("""{ "type": "end", "status": "paused" }""", "/status")]
    [InlineData("""{ "type": "end", "output": { "a": ["{{"] } }""", "/output/a/0")]
    [InlineData("""{ "type": "set" }""", "/values")]
    [InlineData("""{ "type": "set", "values": [] }""", "/values")]
    [InlineData("""{ "type": "set", "values": { "a b": 1, "c": "{{ }}", "d/e": "{{" } }""", "/values/a b", "/values/c", "/values/d~1e", "/values/d~1e")]
    [InlineData("""{ "type": "when" }""", "/if", "/then")]
    [InlineData("""{ "type": "when", "if": { "path": "" }, "then": 5, "else": {}, "otherwise": [] }""", "/if/path", "/then", "/else", "/otherwise")]
    [InlineData("""{ "type": "when", "if": { "path": "a" }, "then": [ { "type": "end" }, { "type": "x" } ], "else": [ { "type": "set" } ] }""", "/then/1/type", "/else/0/values")]
    [InlineData("""{ "type": "http" }""", "/url")]
    [InlineData("""{ "type": "http", "method": "BREW", "url": "ftp://example.com" }""", "/method", "/url")]
    [InlineData("""{ "type": "http", "url": "/relative" }""", "/url")]
    [InlineData("""{ "type": "http", "url": "https://example.com/{{" }""", "/url")]
    [InlineData("""{ "type": "http", "url": "https://example.com", "headers": { "A": 5, "B C": "x", "D\r\nE": "x", "Content-Length": "5", "F": "{{" } }""", "/headers/A", "/headers/B C", "/headers/D\r\nE", "/headers/Content-Length", "/headers/F")]
    [InlineData("""{ "type": "http", "url": "https://example.com", "saveAs": "a b", "timeoutSeconds": 0, "expect": [200, 99, 600, "200", 1e400] }""", "/expect/1", "/expect/2", "/expect/3", "/expect/4", "/saveAs", "/timeoutSeconds")]
    [InlineData("""{ "type": "http", "url": "https://example.com", "body": { "a": "{{" } }""", "/body/a")]
    [InlineData("""{ "type": "email" }""", "/to", "/subject", "/body")]
    [InlineData("""{ "type": "email", "to": [], "subject": "s", "body": "b" }""", "/to")]
    [InlineData("""{ "type": "email", "to": ["a", 5, "{{"], "cc": "{{ }}", "subject": "s", "body": "b" }""", "/to/1", "/to/2", "/cc")]
    [InlineData("""{ "type": "humanTask" }""", "/assignee", "/title", "/form")]
    [InlineData($$$"""{ "type": "humanTask", "assignee": "a@example.com", "title": "{{", "description": "{{", "form": {{{Form}}}, "dueInHours": 0, "expiresInHours": -1, "allowReject": "yes", "saveAs": "a..b", "show": ["a", "b c"] }""", "/title", "/description", "/show/1", "/dueInHours", "/expiresInHours", "/allowReject", "/saveAs")]
    [InlineData($$"""{ "type": "humanTask", "assignee": "a@example.com", "title": "t", "form": {{Form}}, "expiresInHours": 720.1 }""", "/expiresInHours")]
    [InlineData("""{ "type": "humanIntervention" }""", "/title", "/form", "/continuation")]
    [InlineData("""{ "type": "humanIntervention", "title": "t", "form": { "fields": [ { "name": "a", "type": "text" }, { "name": "b", "type": "color" } ] }, "continuation": { "ruleSet": "x" } }""", "/form/fields/1/type")]
    [InlineData("""{ "type": "startRuleSet" }""", "/ruleSet")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "a/b", "context": [] }""", "/ruleSet", "/context")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "~task" }""", "/ruleSet")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "a", "context": { "x": { "y": "{{" } } }""", "/context/x/y")]
    public void Every_problem_of_an_action_has_its_pointer(string action, params string[] pointers) =>
        Assert.Equal(pointers.Select(pointer => $"/actions/0{pointer}"), ProblemsOf(action));

    [Fact]
    public void Names_are_unique_also_in_branches()
    {
        var problems = Problems(
            """
            { "actions": [
              { "type": "end", "name": "a" },
              { "type": "when", "name": "b", "if": { "path": "x" }, "then": [ { "type": "end", "name": "a" } ], "else": [ { "type": "end", "name": "b" } ] },
              { "type": "end", "name": "A" } ] }
            """);

        Assert.Equal(
            ["/actions/1/then/0/name", "/actions/1/else/0/name"], problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void Names_that_are_not_given_are_derived()
    {
        var actions = ReadActions(
            """{ "type": "set", "values": {} }""",
            """{ "type": "end" }""",
            """{ "type": "set", "values": {} }""",
            """{ "type": "set", "name": "set-1", "values": {} }""");

        Assert.Equal(["set-2", "end-1", "set-3", "set-1"], actions.Select(action => action.Name));
    }

    [Theory]
    [InlineData("""{ "type": "set", "values": { "x": "{{link}}" } }""", "/values/x")]
    [InlineData("""{ "type": "set", "values": { "x": { "y": ["at {{ link? }}"] } } }""", "/values/x")]
    [InlineData("""{ "type": "startRuleSet", "ruleSet": "x", "context": { "x": "{{link}}" } }""", "/context")]
    [InlineData("""{ "type": "end", "output": "{{link}}" }""", "/output")]
    [InlineData($$$"""{ "type": "humanTask", "assignee": "a@example.com", "title": "{{link}}", "form": {{{Form}}} }""", "/title")]
    [InlineData($$$"""{ "type": "humanTask", "assignee": "{{link}}", "title": "t", "form": {{{Form}}} }""", "/assignee")]
    [InlineData($$$"""{ "type": "humanTask", "assignee": "a@example.com", "title": "t", "description": "{{link}}", "form": {{{Form}}} }""", "/description")]
    [InlineData("""{ "type": "humanTask", "assignee": "a@example.com", "title": "t", "form": { "fields": [ { "name": "a", "type": "text", "value": "{{link}}" } ] } }""", "/form")]
    public void A_link_is_refused_where_it_would_be_stored(string action, string pointer) =>
        Assert.Equal([$"/actions/0{pointer}"], ProblemsOf(action, Intervention("link")));

    [Theory]
    [InlineData("""{ "type": "email", "to": "a@example.com", "subject": "{{link}}", "body": "{{link}}" }""")]
    [InlineData("""{ "type": "http", "method": "POST", "url": "https://example.com?l={{link}}", "headers": { "X": "{{link}}" }, "body": { "l": "{{link}}" } }""")]
    [InlineData("""{ "type": "set", "values": { "x": "{{link.y?}} {{linked?}}" } }""")]
    public void A_link_may_leave_by_mail_or_call(string action) => Assert.Empty(ProblemsOf(action, Intervention("link")));

    [Fact]
    public void Two_links_under_one_key_are_refused() =>
        Assert.Equal(["/actions/1/linkContextKey"], ProblemsOf(Intervention("link"), Intervention("link")));

    [Fact]
    public void All_problems_are_told_at_once() => Assert.Equal(
        ["/actions/0/type", "/actions/1/size", "/actions/1/to", "/actions/2/linkExpirationHours", "/actions/2/maxUses"],
        ProblemsOf(
            """{ "type": "x" }""",
            """{ "type": "email", "subject": "s", "body": "b", "size": 1 }""",
            $$"""{ "type": "humanIntervention", "title": "t", "form": {{Form}}, "continuation": { "ruleSet": "x" }, "linkExpirationHours": 0, "maxUses": 0 }""")
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Unknown_members_and_wrong_types_are_told_from_broken_rules()
    {
        var problems = Problems("""{ "actions": [ { "type": "end", "x": 1, "name": 5, "status": "paused" } ] }""");

        Assert.Equal(
            [("/actions/0/name", true), ("/actions/0/status", false), ("/actions/0/x", true)],
            problems.Select(problem => (problem.Pointer, problem.Shape)));
    }

    [Fact]
    public void Human_tasks_are_refused_where_the_environment_has_none()
    {
        var document = Json.Element($$"""{ "actions": [ { "type": "humanTask", "assignee": "a@example.com", "title": "t", "form": {{Form}} } ] }""");
        var problems = new Problems();

        Assert.Null(RuleSetReader.Read(document, problems, Limits with { HumanTasks = false }));
        Assert.Equal("/actions/0", Assert.Single(problems).Pointer);
    }

    [Fact]
    public void A_stored_rule_set_is_read_whatever_its_environment_allows_today()
    {
        var document = Json.Element($$"""{ "actions": [ { "type": "humanTask", "assignee": "a@example.com", "title": "t", "form": {{Form}}, "expiresInHours": 87000 } ] }""");

        Assert.Single(RuleSet.Load("x", 1, document).Actions);
    }

    [Fact]
    public void Too_many_actions_are_refused()
    {
        var many = string.Join(',', Enumerable.Repeat("""{ "type": "end" }""", 501));
        var half = string.Join(',', Enumerable.Repeat("""{ "type": "end" }""", 300));

        Assert.Equal(["/actions"], Problems($$"""{ "actions": [{{many}}] }""").Select(problem => problem.Pointer));
        Assert.Contains(
            Problems($$"""{ "actions": [ { "type": "when", "if": { "path": "a" }, "then": [{{half}}], "else": [{{half}}] } ] }"""),
            problem => problem.Message.Contains("at most 500", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "actions": [ { "type": "set", "values": { "a": "\ud800" } } ] }""")]
    [InlineData("""{ "actions": [ { "type": "set", "values": { "\udc00": 1 } } ] }""")]
    [InlineData("""{ "name": "\ud83c\ud83c", "actions": [ { "type": "end" } ] }""")]
    [InlineData("""{ "\ud83c": 1, "actions": [ { "type": "end" } ] }""")]
    public void Half_a_character_is_a_problem_and_no_crash(string document) =>
        Assert.Equal([""], Problems(document).Select(problem => problem.Pointer));

    [Fact]
    public void Whole_characters_are_fine_however_they_are_written() =>
        Assert.Empty(Problems("""{ "name": "\ud83c\udf89 \\ud800 \u00e4", "actions": [ { "type": "end" } ] }"""));
}
