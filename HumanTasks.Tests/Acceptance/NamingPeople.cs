using System.Text.Json;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>One rule for the address of a person, wherever a call names one.</summary>
public class NamingPeople(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Form = """ "form": { "fields": [{ "name": "a", "type": "text", "label": "A" }] } """;

    private static readonly string[] Bad =
    [
        "", "  ", "ann", "Ann <ann@example.com>", "ann@example.com; bob@example.com", "a@example.com, b@example.com", "ann@example..com",
        "ann@example.com\r\nBcc: x@example.com", "ａnn@example.com",
    ];

    [Fact]
    public async Task A_task_is_for_exactly_one_address_for_each_person()
    {
        foreach (var who in Bad.Select(Quoted))
        {
            (await AskAsync($$""" "assignee": {{who}} """)).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
            (await AskAsync($$""" "assignees": [{{who}}] """)).IsProblem(422, "invalid-request").HasProblemAt("/assignees/0");
            (await AskAsync($$""" "assignee": "{{Template}}", "context": { "who": {{who}} } """)).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
        }

        (await AskAsync($$""" "assignee": "{{Template}}", "context": { "who": null } """)).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
        (await AskAsync($$""" "candidates": "{{Template}}", "context": { "who": ["ann@example.com", null] } """)).IsProblem(422, "invalid-request").HasProblemAt("/candidates");
        var local = (await AskAsync(""" "assignee": " Owner@LOCALHOST " """)).Is(201);
        Assert.Equal("owner@localhost", (await Api.TaskAsync(local.Text("/taskId"))).Text("/assignee"));
    }

    [Fact]
    public async Task A_rule_set_with_somebody_else_is_not_saved_and_a_run_with_nobody_names_the_member()
    {
        var name = Steps.Unique("people");
        string RuleSet(string who) => $$"""{ "actions": [{ "type": "humanTask", "name": "ask", "title": "T", "assignee": {{who}}, {{Form}} }] }""";
        foreach (var who in Bad.Select(Quoted))
        {
            (await Api.PutAsync($"/api/rule-sets/{name}", RuleSet(who))).IsProblem(422, "invalid-request").HasProblemAt("/actions/0/assignee");
        }

        (await Api.PutAsync($"/api/rule-sets/{name}", RuleSet($"\"{Template}\""))).Is(201);
        var run = await Api.RunOverAsync((await Api.StartAsync(name, """{ "context": { "who": null } }""")).Text("/runId"), "failed");
        Assert.Equal("/assignee", run.Text("/error/pointer"));
        Assert.Contains("/assignee", run.Text("/error/message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_reassigned_to_exactly_one_address()
    {
        var id = (await AskAsync(""" "assignee": "ann@example.com" """)).Is(201).Text("/taskId");
        foreach (var who in Bad.Select(Quoted))
        {
            (await Api.PostAsync($"/api/tasks/{id}/reassign", $$"""{ "assignee": {{who}} }""")).IsProblem(422, "invalid-request").HasProblemAt("/assignee");
            (await Api.PostAsync("/api/tasks/bulk", $$"""{ "action": "reassign", "ids": ["{{id}}"], "assignee": {{who}} }"""))
                .IsProblem(422, "invalid-request").HasProblemAt("/assignee");
            (await Api.PostAsync($"/api/tasks/{id}/delegate", $$"""{ "assignee": {{who}}, "by": "ann@example.com" }"""))
                .IsProblem(422, "invalid-request").HasProblemAt("/assignee");
        }

        (await Api.PostAsync($"/api/tasks/{id}/reassign", """{ "assignee": "\u00a0Bob@BÜCHER.example\t" }""")).Is(204);
        Assert.Equal("bob@xn--bcher-kva.example", (await Api.TaskAsync(id)).Text("/assignee"));
    }

    [Fact]
    public async Task A_task_is_handed_to_whom_a_domain_lets_through()
    {
        var id = (await AskAsync(""" "assignee": "ann@example.com", "delegateTo": ["@BÜCHER.example"] """)).Is(201).Text("/taskId");
        foreach (var who in (string[])["eve@example.com", "eve@sub.xn--bcher-kva.example", "eve@xn--bcher-kva.example.evil.example"])
        {
            (await Api.PostAsync($"/api/tasks/{id}/delegate", $$"""{ "assignee": "{{who}}", "by": "ann@example.com" }""")).IsProblem(422, "assignee-not-allowed");
        }

        (await Api.PostAsync($"/api/tasks/{id}/delegate", """{ "assignee": "Eve@xn--bcher-kva.example", "by": "\tANN@example.com" }""")).Is(204);
        Assert.Equal("eve@xn--bcher-kva.example", (await Api.TaskAsync(id)).Text("/assignee"));
    }

    [Fact]
    public async Task Tasks_are_listed_for_a_person_in_every_spelling()
    {
        var who = $"{Steps.Unique("kim")}@xn--bcher-kva.example";
        var id = (await AskAsync($$""" "assignee": "{{who}}" """)).Is(201).Text("/taskId");
        foreach (var asked in (string[])[who, who.ToUpperInvariant(), $" {who}\u00a0", who.Replace("xn--bcher-kva", "Bücher", StringComparison.Ordinal)])
        {
            var listed = await Api.ListAsync($"/api/tasks?assignee={Uri.EscapeDataString(asked)}");
            Assert.Equal([id], listed.Select(task => (string?)task["id"]));
            Assert.Equal(1, (await Api.GetAsync($"/api/tasks/counts?assignee={Uri.EscapeDataString(asked)}")).Is(200)["/all"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_key_answers_for_the_assignee_and_for_nobody_else()
    {
        const string Answer = """{ "values": { "a": "x" }, "by": WHO }""";
        var one = (await AskAsync(""" "assignee": "ann@example.com" """)).Is(201).Text("/taskId");
        var several = (await AskAsync(""" "assignees": ["ann@example.com", "bob@example.com"], "need": "all" """)).Is(201).Text("/taskId");
        foreach (var other in (string[])["eve@example.com", "Ada", "ａnn@example.com", "ann@example.com; bob@example.com"])
        {
            var body = Answer.Replace("WHO", Quoted(other), StringComparison.Ordinal);
            (await Api.PostAsync($"/api/tasks/{one}/responses", body)).IsProblem(403, "not-an-assignee");
            (await Api.PostAsync($"/api/tasks/{several}/responses", body)).IsProblem(403, "not-an-assignee");
        }

        (await Api.PostAsync($"/api/tasks/{one}/responses", Answer.Replace("WHO", "\"\\u00a0ANN@Example.com\\t\"", StringComparison.Ordinal))).Is(200);
        (await Api.PostAsync($"/api/tasks/{several}/responses", Answer.Replace("WHO", "\"BOB@example.com \"", StringComparison.Ordinal))).Is(200);
        Assert.Equal("ann@example.com", (await Api.TaskAsync(one)).Text("/responses/0/by"));
        Assert.Equal("bob@example.com", (await Api.TaskAsync(several)).Text("/responses/0/by"));
    }

    [Fact]
    public async Task Whoever_a_key_does_not_name_may_answer_for_the_one_assignee()
    {
        var id = (await AskAsync(""" "assignee": "ann@example.com" """)).Is(201).Text("/taskId");

        (await Api.PostAsync($"/api/tasks/{id}/responses", """{ "values": { "a": "x" } }""")).Is(200);
    }

    private const string Template = "{{who}}";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private Task<Reply> AskAsync(string members) => Api.PostAsync("/api/tasks", $$"""{ "title": "T", {{members}}, {{Form}} }""");
}
