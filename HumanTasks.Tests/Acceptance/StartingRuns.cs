using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public class StartingRuns(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Approval = """
        [
          { "type": "humanIntervention", "name": "approve", "title": "Approve?", "linkContextKey": "approvalLink",
            "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] },
            "continuation": { "ruleSet": "CONTINUATION" } },
          { "type": "when", "name": "large", "if": { "path": "amount", "op": "gt", "value": 1000 }, "then": [
            { "type": "humanIntervention", "name": "second-eyes", "title": "Really?",
              "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] },
              "continuation": { "ruleSet": "CONTINUATION" } } ] }
        ]
        """;

    [Fact]
    public async Task A_run_is_accepted_with_its_id_and_the_links_of_all_its_interventions()
    {
        var name = await SaveApprovalAsync();

        var started = await Api.StartAsync(name, """{ "context": { "amount": 5 } }""");

        started.Json.MustHaveMembers("runId", "correlationId", "status", "links");
        Assert.Equal($"/api/runs/{started.Text("/runId")}", started.Header("Location"));
        Assert.Equal(started.Text("/runId"), started.Text("/correlationId"));
        Assert.Contains(started.Text("/status"), new[] { "queued", "running", "paused" });
        started["/links"].MustHaveMembers("approvalLink", "second-eyesLink");
        Assert.All(started["/links"]!.AsObject(), link =>
            Assert.Contains("/review/", link.Value!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_takes_the_correlation_id_of_its_caller()
    {
        var name = await Api.SaveContinuationAsync();
        var correlationId = Steps.Unique("order 17/");

        var started = await Api.StartAsync(name, $$"""{ "correlationId": "{{correlationId}}" }""");

        Assert.Equal(correlationId, started.Text("/correlationId"));
        Assert.Single(await Api.RunsUnderAsync(Uri.EscapeDataString(correlationId)));
    }

    [Fact]
    public async Task A_run_can_be_started_without_a_body()
    {
        var name = await Api.SaveContinuationAsync();

        var started = (await Api.PostAsync($"/api/rule-sets/{name}/runs")).Is(202);

        await Api.RunOverAsync(started.Text("/runId"));
    }

    [Fact]
    public async Task An_unknown_rule_set_starts_nothing() =>
        (await Api.PostAsync("/api/rule-sets/nobody-saved-this/runs", "{}")).IsProblem(404, "not-found");

    [Theory]
    [InlineData("""{ "context": [1] }""", 400, "malformed-request", "/context")]
    [InlineData("""{ "context": {}, "priority": 1 }""", 400, "malformed-request", "/priority")]
    [InlineData("""{ "correlationId": 17 }""", 400, "malformed-request", "/correlationId")]
    [InlineData("""{ "correlationId": "" }""", 422, "invalid-request", "/correlationId")]
    [InlineData("""{ "correlationId": "zwei\nZeilen" }""", 422, "invalid-request", "/correlationId")]
    [InlineData("""{ "correlationId": "Größe" }""", 422, "invalid-request", "/correlationId")]
    public async Task A_start_that_is_wrong_says_where(string body, int status, string slug, string pointer)
    {
        var name = await Api.SaveContinuationAsync();

        (await Api.PostAsync($"/api/rule-sets/{name}/runs", body)).IsProblem(status, slug).HasProblemAt(pointer);

        Assert.Empty(await Api.ListAsync($"/api/runs?ruleSet={name}"));
    }

    [Fact]
    public async Task A_correlation_id_has_at_most_128_characters()
    {
        var name = await Api.SaveContinuationAsync();
        var longest = new string('c', 128);

        await Api.StartAsync(name, $$"""{ "correlationId": "{{longest}}" }""");

        (await Api.PostAsync($"/api/rule-sets/{name}/runs", $$"""{ "correlationId": "{{longest}}c" }"""))
            .IsProblem(422, "invalid-request")
            .HasProblemAt("/correlationId");
    }

    [Fact]
    public async Task A_run_keeps_the_version_it_was_started_with()
    {
        var continuation = await Api.SaveContinuationAsync();
        var name = await Api.SaveAsync(Versioned("old", continuation));
        var started = await Api.StartAsync(name);
        var version2 = await Api.PutAsync($"/api/rule-sets/{name}", $$"""{ "actions": {{Versioned("new", continuation)}} }""");
        Assert.Equal(2, version2.Is(200)["/version"]!.GetValue<int>());

        (await Anybody.SubmitAsync(Steps.PathOf(started.Text("/links/askLink")), """{ "ok": true }""")).Is(200);

        var run = await Api.RunOverAsync(started.Text("/runId"));
        Assert.Equal(1, run["/version"]!.GetValue<int>());
        Assert.Equal("old", run.Text("/output"));
    }

    private static string Versioned(string output, string continuation) => $$"""
        [
          { "type": "humanIntervention", "name": "ask", "title": "Go on?",
            "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] },
            "continuation": { "ruleSet": "{{continuation}}" } },
          { "type": "end", "name": "done", "output": "{{output}}" }
        ]
        """;

    private async Task<string> SaveApprovalAsync() =>
        await Api.SaveAsync(Approval.Replace("CONTINUATION", await Api.SaveContinuationAsync(), StringComparison.Ordinal));
}
