using AngleSharp.Html.Parser;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

[Trait("Category", AcceptanceSuite.Name)]
public sealed class KeepingEnvironmentsApart(SharedHost host) : IClassFixture<SharedHost>
{
    [OwnHostFact]
    public async Task What_belongs_to_one_environment_is_not_there_for_another()
    {
        var asked = await host.Ada.AssignAsync($"\"correlationId\": \"{Steps.Unique("apart")}\",");

        foreach (var path in new[]
        {
            $"/api/runs/{asked.RunId}", $"/api/runs/{asked.RunId}/log", $"/api/tasks/{asked.TaskId}", $"/api/tasks/{asked.TaskId}/schema",
        })
        {
            (await host.Ada.GetAsync(path)).Is(200);
            (await host.First.GetAsync(path)).IsProblem(404, "not-found");
        }

        (await host.First.GetAsync($"/api/runs/{asked.RunId}", ("Prefer", "wait=30"))).IsProblem(404, "not-found");
        (await host.First.PostAsync($"/api/runs/{asked.RunId}/cancel", "{}")).IsProblem(404, "not-found");
        (await host.First.PostAsync($"/api/runs/{asked.RunId}/retry")).IsProblem(404, "not-found");
        foreach (var (action, body) in new[] { ("cancel", "{}"), ("reject", "{}"), ("link", null), ("responses", """{ "values": { "decision": "approve" } }""") })
        {
            (await host.First.PostAsync($"/api/tasks/{asked.TaskId}/{action}", body)).IsProblem(404, "not-found");
        }

        Assert.Empty(await host.First.RunsUnderAsync(asked.CorrelationId));
        Assert.Empty(await host.First.ListAsync($"/api/tasks?runId={asked.RunId}"));
        Assert.Equal("pending", (await host.Ada.TaskAsync(asked.TaskId)).Text("/status"));
    }

    [OwnHostFact]
    public async Task A_rule_set_is_known_in_its_own_environment_only()
    {
        var name = await host.Ada.SaveContinuationAsync();

        (await host.First.GetAsync($"/api/rule-sets/{name}")).IsProblem(404, "not-found");
        (await host.First.PostAsync($"/api/rule-sets/{name}/runs", "{}")).IsProblem(404, "not-found");
        (await host.First.PostAsync("/api/interventions", $$"""
            { "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": { "ruleSet": "{{name}}" } }
            """)).IsProblem(422, "invalid-request").HasProblemAt("/continuation/ruleSet");
        Assert.DoesNotContain(await host.First.ListAsync("/api/rule-sets"), ruleSet => ruleSet.Text("/name") == name);
        (await host.First.PutAsync($"/api/rule-sets/{name}", $$"""{ "actions": {{Steps.DecidedActions}} }""")).Is(201);
    }

    [OwnHostFact]
    public async Task An_idempotency_key_of_one_environment_says_nothing_in_another()
    {
        var key = Steps.Unique("key");
        var (first, ada) = (await host.First.SaveContinuationAsync(), await host.Ada.SaveContinuationAsync());

        (await host.First.PostAsync($"/api/rule-sets/{first}/runs", "{}", ("Idempotency-Key", key))).Is(202);
        (await host.Ada.PostAsync($"/api/rule-sets/{ada}/runs", "{}", ("Idempotency-Key", key))).Is(202);
    }

    [OwnHostFact]
    public async Task A_key_for_tasks_starts_no_rule_set_by_a_continuation()
    {
        var name = await host.Ada.SaveContinuationAsync();
        string Asking(string continuation) => $$"""
            { "title": "T", "assignee": "ann@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": {{continuation}} }
            """;

        (await host.OnlyTasks.PostAsync("/api/tasks", Asking($$"""{ "ruleSet": "{{name}}" }"""))).IsProblem(403, "forbidden");
        (await host.OnlyTasks.PostAsync("/api/tasks", Asking("""{ "ruleSet": "not-there" }"""))).IsProblem(403, "forbidden");
        (await host.OnlyTasks.PostAsync("/api/tasks", Asking("""{ "webhook": "https://example.com/hook" }"""))).Is(201);
        (await host.Ada.PostAsync("/api/tasks", Asking($$"""{ "ruleSet": "{{name}}" }"""))).Is(201);
        (await host.Free.PostAsync("/api/tasks", Asking("""{ "ruleSet": "not-there" }"""))).IsProblem(422, "invalid-request").HasProblemAt("/continuation/ruleSet");
    }

    [OwnHostFact]
    public async Task A_key_does_what_its_scopes_say()
    {
        (await host.OnlyTasks.GetAsync("/api/tasks")).Is(200);
        (await host.OnlyTasks.GetAsync("/api/runs")).IsProblem(403, "forbidden");
        (await host.OnlyTasks.GetAsync("/api/rule-sets")).IsProblem(403, "forbidden");
        (await host.OnlyTasks.PostAsync("/api/interventions", "{}")).IsProblem(403, "forbidden");
        (await host.OnlyRuns.GetAsync("/api/runs")).Is(200);
        (await host.OnlyRuns.GetAsync("/api/tasks")).IsProblem(403, "forbidden");
        (await host.OnlyRuns.PostAsync("/api/tasks", "{}")).IsProblem(403, "forbidden");
        (await host.OnlyRuns.PutAsync("/api/rule-sets/any", "{}")).IsProblem(403, "forbidden");
        (await host.Ada.GetAsync("/api/rule-sets")).Is(200);
    }

    [OwnHostFact]
    public async Task A_reviewer_reads_who_asks()
    {
        var asked = await host.Ada.InterveneAsync();

        var page = (await host.Anybody.GetAsync(Inside(asked), ("Accept", "text/html"))).Is(200);

        Assert.Contains("Ada's office needs your response", new HtmlParser().ParseDocument(page.Body).Body!.TextContent, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Links_are_built_on_the_public_address_and_never_on_what_a_request_says()
    {
        var continuation = await host.First.SaveContinuationAsync();
        var body = $$"""
            { "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": { "ruleSet": "{{continuation}}" } }
            """;

        var created = (await host.First.PostAsync(
            "/api/interventions", body, ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"))).Is(201);

        Assert.StartsWith($"{PublicReview}", created.Text("/link"), StringComparison.Ordinal);
        var reissued = (await host.First.PostAsync($"/api/tasks/{created.Text("/taskId")}/link", null, ("Host", "evil.example"))).Is(200);
        Assert.StartsWith($"{PublicReview}", reissued.Text("/link"), StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task An_environment_without_human_tasks_has_none()
    {
        (await host.NoTasks.PostAsync("/api/tasks", """{ "title": "T", "assignee": "a@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }"""))
            .IsProblem(403, "human-tasks-disabled");
        (await host.NoTasks.PutAsync("/api/rule-sets/any", """
            { "actions": [{ "type": "humanTask", "title": "T", "assignee": "a@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }] }
            """)).IsProblem(422, "invalid-request").HasProblemAt("/actions/0");
    }

    [OwnHostFact]
    public async Task A_link_may_not_outlive_the_run_it_belongs_to()
    {
        var continuation = await host.NoTasks.SaveContinuationAsync();
        string Body(double hours) => $$"""
            { "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": { "ruleSet": "{{continuation}}" },
              "linkExpirationHours": {{hours.ToString(System.Globalization.CultureInfo.InvariantCulture)}} }
            """;

        (await host.NoTasks.PostAsync("/api/interventions", Body(2.5)))
            .IsProblem(422, "invalid-request")
            .HasProblemAt("/linkExpirationHours");
        (await host.NoTasks.PostAsync("/api/interventions", Body(1.5))).Is(201);
    }

    [OwnHostFact]
    public async Task Over_its_allowance_an_environment_starts_nothing_but_takes_every_answer()
    {
        var continuation = await host.Free.SaveContinuationAsync();
        var asked = await host.Free.InterveneAsync("\"maxUses\": 2,", continuation: continuation);
        (await host.Free.StartAsync(continuation)).Is(202);

        (await host.Free.PostAsync($"/api/rule-sets/{continuation}/runs", "{}")).IsProblem(429, "run-allowance-exhausted");
        (await host.Free.PostAsync("/api/interventions", $$"""
            { "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": { "ruleSet": "{{continuation}}" } }
            """)).IsProblem(429, "run-allowance-exhausted");
        var accepted = (await host.Anybody.SubmitAsync(Inside(asked), """{ "decision": "approve" }""")).Is(200);

        var waiting = await Steps.UntilAsync(
            () => host.Free.GetAsync($"/api/runs/{accepted.Text("/runId")}"), run => run.Status == 200);
        Assert.Equal("queued", waiting.Text("/status"));
        Assert.NotEmpty(waiting.Text("/statusReason"));
        Assert.Equal("approve", waiting.Text("/context/decision"));
        var receipt = (await host.Anybody.GetAsync($"{Inside(asked)}/responses/{accepted.Text("/responseId")}")).Is(200);
        Assert.Equal("queued", receipt.Text("/status"));
        Assert.Single(await host.Free.ListAsync($"/api/runs?correlationId={asked.CorrelationId}&status=queued"));
    }

    [OwnHostFact]
    public async Task A_body_above_the_limit_is_413()
    {
        var body = $$"""{ "context": { "a": "{{new string('x', 21_000)}}" } }""";
        var asked = await host.First.InterveneAsync();

        (await host.First.PostAsync("/api/rule-sets/any/runs", body)).IsProblem(413, "payload-too-large");
        (await host.Anybody.SubmitAsync(Inside(asked), $$"""{ "decision": "{{new string('x', 21_000)}}" }"""))
            .IsProblem(413, "payload-too-large");

        Assert.Equal(1, (await host.First.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [OwnHostFact]
    public async Task A_file_above_the_limit_is_refused_and_more_than_a_submission_may_have_is_413()
    {
        var asked = await host.First.InterveneAsync(form: """
            { "fields": [{ "name": "files", "type": "file", "multiple": true, "accept": [".txt"] }] }
            """);

        (await SendAsync(asked, 31_000)).IsProblem(422, "invalid-form-input").HasProblemAt("/values/files");
        (await SendAsync(asked, 29_000, 29_000)).IsProblem(413, "payload-too-large");
        (await SendAsync(asked, 29_000, 15_000)).Is(200);
    }

    private static string PublicReview => $"{SharedHost.PublicAddress}/review/";

    private static string Inside(Asked asked) => $"/review/{asked.Link[PublicReview.Length..]}";

    private Task<Reply> SendAsync(Asked asked, params int[] sizes)
    {
        var body = new MultipartFormDataContent();
        foreach (var (index, size) in sizes.Index())
        {
            body.Add(new ByteArrayContent([.. Enumerable.Repeat((byte)'x', size)]), "files", $"{index}.txt");
        }

        return host.Anybody.SendAsync(HttpMethod.Post, Inside(asked), body);
    }
}
