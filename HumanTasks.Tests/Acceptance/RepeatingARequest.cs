using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary><c>Idempotency-Key</c>: the same key and the same body get the first answer again.</summary>
public class RepeatingARequest(Deployment deployment) : AcceptanceTest(deployment)
{
    private readonly string key = Steps.Unique("key");

    [Fact]
    public async Task A_repeated_start_is_the_same_run_with_the_same_answer()
    {
        var name = await Api.SaveContinuationAsync();
        var path = $"/api/rule-sets/{name}/runs";

        var first = (await PostAsync(path, "{}")).Is(202);
        var second = (await PostAsync(path, "{}")).Is(202);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Header("Location"), second.Header("Location"));
        Assert.Equal(first.ContentType, second.ContentType);
        Assert.Single(await Api.ListAsync($"/api/runs?ruleSet={name}"));
    }

    [Fact]
    public async Task The_same_start_many_times_at_once_is_one_run()
    {
        var name = await Api.SaveContinuationAsync();
        var path = $"/api/rule-sets/{name}/runs";

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(path, "{}")));

        Assert.Single(answers.Select(answer => answer.Is(202).Body).Distinct());
        Assert.Single(await Api.ListAsync($"/api/runs?ruleSet={name}"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var name = await Api.SaveContinuationAsync();
        var path = $"/api/rule-sets/{name}/runs";
        (await PostAsync(path, "{}")).Is(202);

        (await PostAsync(path, """{ "context": { "a": 1 } }""")).IsProblem(422, "idempotency-key-reused");
        (await PostAsync("/api/interventions", "{}")).IsProblem(422, "idempotency-key-reused");

        Assert.Single(await Api.ListAsync($"/api/runs?ruleSet={name}"));
    }

    [Fact]
    public async Task A_repeated_intervention_has_the_same_link()
    {
        var body = $$"""
            { "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}},
              "continuation": { "ruleSet": "{{await Api.SaveContinuationAsync()}}" } }
            """;

        var first = (await PostAsync("/api/interventions", body)).Is(201);
        var second = (await PostAsync("/api/interventions", body)).Is(201);

        Assert.Equal(first.Body, second.Body);
        (await Anybody.GetAsync(Steps.Asked(second).Path)).Is(200);
    }

    [Fact]
    public async Task A_repeated_response_counts_once()
    {
        var asked = await Api.AssignAsync();
        var path = $"/api/tasks/{asked.TaskId}/responses";
        const string Values = """{ "values": { "decision": "approve" } }""";

        var first = (await PostAsync(path, Values)).Is(200);
        var second = (await PostAsync(path, Values)).Is(200);

        Assert.Equal(first.Body, second.Body);
        Assert.Single((await Api.TaskAsync(asked.TaskId))["/responses"]!.AsArray());
        (await Api.PostAsync(path, Values)).IsProblem(409, "task-is-over");
    }

    [Fact]
    public async Task A_repeated_change_without_an_answer_of_its_own_is_done_once()
    {
        var asked = await Api.InterveneAsync();

        Assert.Empty((await PostAsync($"/api/runs/{asked.RunId}/cancel", "{}")).Is(204).Body);
        Assert.Empty((await PostAsync($"/api/runs/{asked.RunId}/cancel", "{}")).Is(204).Body);

        (await Api.PostAsync($"/api/runs/{asked.RunId}/cancel", "{}")).IsProblem(409, "run-is-over");
    }

    [Fact]
    public async Task A_repeated_link_is_the_same_link()
    {
        var asked = await Api.AssignAsync();

        var first = (await PostAsync($"/api/tasks/{asked.TaskId}/link", null)).Is(200);
        var second = (await PostAsync($"/api/tasks/{asked.TaskId}/link", null)).Is(200);

        Assert.Equal(first.Body, second.Body);
        (await Anybody.GetAsync(Steps.PathOf(first.Text("/link")))).IsProblem(401, "verification-required");
    }

    [Fact]
    public async Task A_request_that_was_refused_can_be_mended_and_sent_again_under_its_key()
    {
        var name = Steps.Unique("later");
        (await PostAsync($"/api/rule-sets/{name}/runs", "{}")).IsProblem(404, "not-found");

        await Api.PutAsync($"/api/rule-sets/{name}", $$"""{ "actions": {{Steps.DecidedActions}} }""");

        (await PostAsync($"/api/rule-sets/{name}/runs", "{}")).Is(202);
    }

    [Fact]
    public async Task A_corrected_body_after_a_refusal_is_no_reuse()
    {
        const string Wrong = """{ "title": "Look", "form": { "fields": [] } }""";
        const string Right = """{ "title": "Look", "assignee": "ada@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] } }""";

        (await PostAsync("/api/tasks", Wrong)).Is(422);
        var first = (await PostAsync("/api/tasks", Right)).Is(201);

        Assert.Equal(first.Body, (await PostAsync("/api/tasks", Right)).Is(201).Body);
        (await PostAsync("/api/tasks", Wrong)).IsProblem(422, "idempotency-key-reused");

        // an answer that breaks a rule of the form, then a good one
        var path = $"/api/tasks/{first.Text("/taskId")}/responses";
        var key = ("Idempotency-Key", Steps.Unique("answer"));
        (await Api.PostAsync(path, """{ "values": { "ok": "perhaps" } }""", key)).Is(422);
        (await Api.PostAsync(path, """{ "values": { "ok": true } }""", key)).Is(200);
    }

    [Fact]
    public async Task A_repeated_comment_a_repeated_bulk_and_a_cancelled_tree_are_done_once()
    {
        var asked = await Api.AssignAsync();
        var comments = $"/api/tasks/{asked.TaskId}/comments";

        Assert.Equal((await PostAsync(comments, """{ "text": "Hm." }""")).Is(201).Body, (await PostAsync(comments, """{ "text": "Hm." }""")).Is(201).Body);
        Assert.Single((await Api.GetAsync(comments))["/items"]!.AsArray());

        var (bulk, tree) = (("Idempotency-Key", Steps.Unique("bulk")), ("Idempotency-Key", Steps.Unique("tree")));
        var cancel = $$"""{ "action": "cancel", "ids": ["{{asked.TaskId}}"] }""";
        var once = (await Api.PostAsync("/api/tasks/bulk", cancel, bulk)).Is(200);
        Assert.Equal(204, once["/items/0/status"]!.GetValue<int>());
        Assert.Equal(once.Body, (await Api.PostAsync("/api/tasks/bulk", cancel, bulk)).Is(200).Body);

        var run = await Api.InterveneAsync();
        (await Api.PostAsync($"/api/runs/{run.RunId}/cancel", """{ "tree": true }""", tree)).Is(204);
        (await Api.PostAsync($"/api/runs/{run.RunId}/cancel", """{ "tree": true }""", tree)).Is(204);
    }

    [Fact]
    public async Task A_key_has_at_most_200_characters()
    {
        var name = await Api.SaveContinuationAsync();

        (await Api.PostAsync($"/api/rule-sets/{name}/runs", "{}", ("Idempotency-Key", new string('k', 201))))
            .IsProblem(400, "malformed-request");
        (await Api.PostAsync($"/api/rule-sets/{name}/runs", "{}", ("Idempotency-Key", Steps.Unique(new string('k', 180)))))
            .Is(202);
    }

    private Task<Reply> PostAsync(string path, string? body) => Api.PostAsync(path, body, ("Idempotency-Key", key));
}
