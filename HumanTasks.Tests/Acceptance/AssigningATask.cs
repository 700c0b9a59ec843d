using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary><c>/api/tasks</c>.</summary>
public partial class AssigningATask(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Approve = """{ "values": { "decision": "approve", "amount": 1100 }, "by": "ada@example.com" }""";

    [Fact]
    public async Task A_task_says_everything_about_itself()
    {
        var created = (await Api.PostAsync("/api/tasks", $$"""
            {
              "title": "Approve invoice {{"{{invoice.number}}"}}", "description": "Please.", "form": {{Steps.DecisionForm}},
              "assignee": "{{"{{who}}"}}@example.com", "context": { "who": "ada", "invoice": { "number": "R-17", "amount": 5 } },
              "dueInHours": 4, "expiresInHours": 48, "correlationId": "order-18"
            }
            """)).Is(201);
        created.Json.MustHaveMembers("taskId", "runId", "correlationId", "link");
        Assert.Equal("order-18", created.Text("/correlationId"));

        var task = await Api.TaskAsync(created.Text("/taskId"));

        task.Json.MustHave(
            "id", "runId", "title", "description", "status", "assignee", "correlationId", "createdAt", "dueAt", "expiresAt",
            "usesLeft", "form", "rounds", "responses", "timeline");
        Assert.Equal(created.Text("/runId"), task.Text("/runId"));
        Assert.Equal("Approve invoice R-17", task.Text("/title"));
        Assert.Equal("ada@example.com", task.Text("/assignee"));
        Assert.Equal("pending", task.Text("/status"));
        var createdAt = task["/createdAt"]!.GetValue<DateTimeOffset>();
        Assert.Equal(TimeSpan.FromHours(4), task["/dueAt"]!.GetValue<DateTimeOffset>() - createdAt);
        Assert.Equal(TimeSpan.FromHours(48), task["/expiresAt"]!.GetValue<DateTimeOffset>() - createdAt);
        Assert.Equal(1, task["/rounds/0/number"]!.GetValue<int>());
        Assert.Equal("created", task.Text("/timeline/0/event"));
        Assert.Empty(task["/responses"]!.AsArray());
        Assert.Equal("paused", (await Api.RunAsync(created.Text("/runId"))).Text("/status"));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("form")]
    [InlineData("assignee")]
    public async Task What_a_task_needs_is_required(string member)
    {
        var body = $$"""{ "title": "T", "form": { "fields": [{ "name": "a", "type": "text" }] }, "assignee": "a@example.com" }"""
            .Replace($"\"{member}\"", "\"description\"", StringComparison.Ordinal)
            .Replace("\"description\": {", "\"context\": {", StringComparison.Ordinal);

        (await Api.PostAsync("/api/tasks", body)).IsProblem(422, "invalid-request").HasProblemAt($"/{member}");
    }

    [Fact]
    public async Task The_schema_of_a_task_is_JSON_Schema_2020_12_of_its_values()
    {
        var asked = await Api.AssignAsync(form: """
            { "fields": [
              { "name": "decision", "type": "choice", "label": "Decision", "required": true,
                "options": [{ "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" }] },
              { "name": "count", "type": "integer", "min": 1, "max": 5, "value": 2 },
              { "name": "note", "type": "text", "maxLength": 20, "pattern": "[a-z]+" },
              { "name": "when", "type": "date" },
              { "name": "tags", "type": "multiChoice", "options": [{ "value": "a" }] } ] }
            """);

        var schema = (await Api.GetAsync($"/api/tasks/{asked.TaskId}/schema")).Is(200);

        Assert.Equal("application/schema+json", schema.ContentType);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.Text("/$schema"));
        Assert.Equal("object", schema.Text("/type"));
        schema["/required"].MustEqual("""["decision"]""");
        Assert.False(schema["/additionalProperties"]!.GetValue<bool>());
        schema["/properties"].MustHaveMembers("decision", "count", "note", "when", "tags");
        Assert.Equal("integer", schema.Text("/properties/count/type"));
        Assert.Equal(1, schema["/properties/count/minimum"]!.GetValue<int>());
        Assert.Equal(5, schema["/properties/count/maximum"]!.GetValue<int>());
        Assert.Equal(2, schema["/properties/count/default"]!.GetValue<int>());
        Assert.Equal(20, schema["/properties/note/maxLength"]!.GetValue<int>());
        Assert.Equal("date", schema.Text("/properties/when/format"));
        Assert.Equal("array", schema.Text("/properties/tags/type"));
    }

    [Fact]
    public async Task An_answer_completes_the_task_and_is_in_the_context_of_the_same_run()
    {
        var name = await Api.SaveAsync($$"""
            [
              { "type": "humanTask", "name": "ask", "title": "Approve?", "assignee": "ada@example.com", "saveAs": "approval",
                "form": {{Steps.DecisionForm}} },
              { "type": "end", "name": "done", "output": "{{"{{approval}}"}}" }
            ]
            """);
        var started = await Api.StartAsync(name, $$"""{ "context": {{Steps.InvoiceContext}} }""");
        var runId = started.Text("/runId");
        var taskId = Assert.Single(await Api.ListAsync($"/api/tasks?runId={runId}")).Text("/id");

        var accepted = (await Api.PostAsync($"/api/tasks/{taskId}/responses", Approve)).Is(200);

        accepted.Json.MustHaveMembers("taskId", "runId", "correlationId", "responseId", "usesLeft");
        Assert.Equal(taskId, accepted.Text("/taskId"));
        Assert.Equal(runId, accepted.Text("/runId"));
        Assert.Equal(0, accepted["/usesLeft"]!.GetValue<int>());
        (await Api.RunOverAsync(runId))["/output"].MustEqual("""
            { "outcome": "completed", "by": "ada@example.com", "reason": null, "values": { "decision": "approve", "amount": 1100 } }
            """);
        var task = await Api.TaskAsync(taskId);
        Assert.Equal("completed", task.Text("/status"));
        Assert.Equal("ada@example.com", task.Text("/responses/0/by"));
        task["/responses/0/values"].MustEqual("""{ "decision": "approve", "amount": 1100 }""");
        Assert.Equal(accepted.Text("/responseId"), task.Text("/rounds/0/responses/0/id"));
        Assert.Contains(task["/timeline"]!.AsArray(), happened => happened.Text("/event") == "answered");
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_is_accepted()
    {
        var asked = await Api.AssignAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", Approve)));

        var accepted = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != accepted), answer => answer.IsProblem(409, "task-is-over"));
    }

    [Fact]
    public async Task An_answer_that_is_wrong_says_where_and_changes_nothing()
    {
        var asked = await Api.AssignAsync();

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", """{ "values": { "amount": -1 } }"""))
            .IsProblem(422, "invalid-form-input")
            .HasProblemAt("/values/decision")
            .HasProblemAt("/values/amount");

        Assert.Equal("pending", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
    }

    [Fact]
    public async Task A_task_can_be_answered_behind_its_link()
    {
        var asked = await Api.AssignAsync();

        var session = await Anybody.VerifyAsync(asked);

        var accepted = (await Anybody.PostAsync(asked.Path, """{ "values": { "decision": "approve" } }""", session)).Is(200);

        Assert.Equal(asked.RunId, accepted.Text("/runId"));
        await Api.RunOverAsync(asked.RunId);
        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-used-up");
    }

    [Fact]
    public async Task An_answer_to_a_task_with_a_continuation_queues_it()
    {
        var continuation = await Api.SaveContinuationAsync();
        var asked = await Api.AssignAsync($$""" "continuation": { "ruleSet": "{{continuation}}" }, """);

        var accepted = (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", Approve)).Is(200);

        Assert.NotEqual(asked.RunId, accepted.Text("/runId"));
        (await Api.RunOverAsync(accepted.Text("/runId")))["/output"].MustEqual("""{ "decision": "approve", "amount": 1100 }""");
    }

    private async Task<Asked> CreateAsync(string title, string who, string more = "") =>
        Steps.Asked((await Api.PostAsync("/api/tasks", $$"""
            { {{more}} "title": "{{title}}", "assignee": "{{who}}@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }
            """)).Is(201));

    private async Task<IReadOnlyList<string>> IdsAsync(string query) =>
        [.. (await Api.ListAsync($"/api/tasks?{query}")).Select(task => task.Text("/id"))];
}
