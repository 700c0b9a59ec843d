using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public class ReadingRuns(Deployment deployment) : AcceptanceTest(deployment)
{
    private static readonly string[] Members =
    [
        "id", "environment", "ruleSet", "version", "status", "statusReason", "correlationId", "createdAt", "updatedAt",
        "availableUntil", "currentAction", "waitingUntil", "context", "output", "error", "continuedFrom", "continuations", "tasks",
    ];

    [Fact]
    public async Task A_paused_run_says_everything_about_itself()
    {
        var asked = await Api.InterveneAsync();

        var run = await Api.RunAsync(asked.RunId);

        run.Json.MustHave(Members);
        Assert.Equal(asked.RunId, run.Text("/id"));
        Assert.Equal("paused", run.Text("/status"));
        Assert.Equal(asked.CorrelationId, run.Text("/correlationId"));
        Assert.NotEmpty(run.Text("/currentAction"));
        run["/context"].MustEqual(Steps.InvoiceContext);
        Assert.Equal(asked.TaskId, run.Text("/tasks/0/id"));
        Assert.Equal("pending", run.Text("/tasks/0/status"));
        Assert.Null(run["/error"]);
        Assert.Null(run["/output"]);
        Assert.Null(run["/continuedFrom"]);
        Assert.Empty(run["/continuations"]!.AsArray());
    }

    [Fact]
    public async Task Times_are_RFC_3339_in_UTC_and_in_order()
    {
        var asked = await Api.InterveneAsync();

        var run = await Api.RunAsync(asked.RunId);

        string[] names = ["/createdAt", "/updatedAt", "/waitingUntil", "/availableUntil"];
        Assert.All(names, name => Assert.EndsWith("Z", run.Text(name), StringComparison.Ordinal));
        var times = names.Select(name => run[name]!.GetValue<DateTimeOffset>()).ToArray();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task A_link_is_nowhere_in_what_a_run_keeps()
    {
        var continuation = await Api.SaveContinuationAsync();
        var name = await Api.SaveAsync($$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "Go on?", "linkContextKey": "link",
               "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] },
               "continuation": { "ruleSet": "{{continuation}}" } }]
            """);
        var started = await Api.StartAsync(name);
        var token = started.Text("/links/link").Split('/')[^1];
        var runId = started.Text("/runId");

        Assert.DoesNotContain(token, (await Api.RunAsync(runId)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await Api.GetAsync($"/api/runs/{runId}/log")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await Api.GetAsync($"/api/tasks?runId={runId}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completed_run_has_its_output_and_the_values_it_was_given_with_their_types()
    {
        var name = await Api.SaveAsync("""
            [
              { "type": "set", "name": "sum", "values": {
                "total.net": "{{items.0.price}}", "total.text": "{{items.0.price}} EUR", "total.missing": "[{{nothing?}}]" } },
              { "type": "when", "name": "large", "if": { "all": [
                  { "path": "total.net", "op": "gt", "value": 10 }, { "not": { "path": "urgent", "op": "eq", "value": true } } ] },
                "then": [{ "type": "set", "name": "yes", "values": { "large": true } }],
                "else": [{ "type": "set", "name": "no", "values": { "large": false } }] },
              { "type": "end", "name": "done", "output": { "total": "{{total}}", "large": "{{large}}", "first": "{{items.0}}" } }
            ]
            """);

        var started = await Api.StartAsync(name, """{ "context": { "items": [{ "price": 12.5 }], "urgent": false } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"));
        run["/output"].MustEqual("""
            { "total": { "net": 12.5, "text": "12.5 EUR", "missing": "[]" }, "large": true, "first": { "price": 12.5 } }
            """);
    }

    [Fact]
    public async Task A_run_that_meets_an_unknown_template_path_fails_and_names_it()
    {
        var name = await Api.SaveAsync("""
            [{ "type": "set", "name": "copy", "values": { "number": "{{invoice.nubmer}}" } }]
            """);

        var started = await Api.StartAsync(name, """{ "context": { "invoice": { "number": 1 } } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"), "failed");
        Assert.Equal("copy", run.Text("/error/action"));
        Assert.Contains("invoice.nubmer", run.Text("/error/message"), StringComparison.Ordinal);
        Assert.Equal("copy", run.Text("/currentAction"));
        Assert.Contains("invoice.nubmer", run.Text("/statusReason"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task A_run_ends_as_its_end_action_says(string status)
    {
        var name = await Api.SaveAsync(
            $$"""[{ "type": "end", "name": "over", "status": "{{status}}" }, { "type": "set", "name": "never", "values": { "a": 1 } }]""");

        var started = await Api.StartAsync(name);

        var run = await Api.RunOverAsync(started.Text("/runId"), status);
        Assert.Empty(run["/context"]!.AsObject());
    }

    [Fact]
    public async Task A_rule_set_starts_another_under_the_same_correlation_id()
    {
        var second = await Api.SaveAsync("""[{ "type": "end", "name": "done", "output": "{{greeting}}" }]""");
        var first = await Api.SaveAsync($$"""
            [{ "type": "startRuleSet", "name": "next", "ruleSet": "{{second}}", "context": { "greeting": "Hello {{"{{name}}"}}" } }]
            """);

        var started = await Api.StartAsync(first, """{ "context": { "name": "Ada" } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"));
        var next = await Api.RunOverAsync(run.Text("/continuations/0"));
        Assert.Equal(run.Text("/id"), next.Text("/continuedFrom"));
        Assert.Equal(run.Text("/correlationId"), next.Text("/correlationId"));
        Assert.Equal("Hello Ada", next.Text("/output"));
        Assert.Equal(2, (await Api.RunsUnderAsync(started.Text("/correlationId"))).Count);
    }

    [Fact]
    public async Task The_log_says_what_happened_oldest_first_and_page_by_page()
    {
        var asked = await Api.InterveneAsync();
        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);
        await Api.RunOverAsync(asked.RunId);

        var log = await Api.LogAsync(asked.RunId);

        log[0].MustHaveMembers("at", "action", "event", "detail", "by", "correlationId");
        Assert.All(log.Skip(1), line => line.MustHaveMembers("at", "action", "event", "detail", "correlationId"));
        Assert.All(log, line => Assert.Equal(asked.CorrelationId, line.Text("/correlationId")));
        var times = log.Select(line => line.At("/at")!.GetValue<DateTimeOffset>()).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.Equal("started", log[0].Text("/event"));
        Assert.Equal("completed", log[^1].Text("/event"));
        Assert.Single(log, line => line.Text("/event") == "taskCreated");
        Assert.Single(log, line => line.Text("/event") == "responseReceived");
        Assert.Single(log, line => line.Text("/event") == "continuationQueued");
        var pages = await Api.ListAsync($"/api/runs/{asked.RunId}/log", limit: 2);
        Assert.Equal(log.Select(line => line.ToJsonString()), pages.Select(line => line.ToJsonString()));
    }

    [Theory]
    [InlineData("00000000000000000000000000")]
    [InlineData("not-an-id")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("'%20or%201=1")]
    public async Task A_run_that_is_not_there_is_not_found(string id)
    {
        (await Api.GetAsync($"/api/runs/{id}")).IsProblem(404, "not-found");
        (await Api.GetAsync($"/api/runs/{id}/log")).IsProblem(404, "not-found");
        (await Api.PostAsync($"/api/runs/{id}/cancel", "{}")).IsProblem(404, "not-found");
        (await Api.PostAsync($"/api/runs/{id}/retry")).IsProblem(404, "not-found");
        (await Api.GetAsync($"/api/tasks/{id}")).IsProblem(404, "not-found");
        (await Api.GetAsync($"/api/tasks/{id}/schema")).IsProblem(404, "not-found");
        (await Api.PostAsync($"/api/tasks/{id}/responses", """{ "values": {} }""")).IsProblem(404, "not-found");
        (await Api.PostAsync($"/api/tasks/{id}/link")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task An_id_is_written_in_one_way()
    {
        var asked = await Api.InterveneAsync();

        (await Api.GetAsync($"/api/runs/{asked.RunId.ToUpperInvariant()}")).IsProblem(404, "not-found");
        (await Api.GetAsync($"/api/runs/{asked.RunId}x")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Ids_sort_by_the_time_at_which_they_were_made()
    {
        var name = await Api.SaveContinuationAsync();
        List<string> ids = [];
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await Api.StartAsync(name)).Text("/runId"));
        }

        var listed = await Api.ListAsync($"/api/runs?ruleSet={name}");

        Assert.Equal(Enumerable.Reverse(ids), listed.Select(run => run.Text("/id")));
        var times = ids.Select(id => id[..10]).ToArray(); // to the millisecond; what follows is random
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task Runs_are_listed_by_status_rule_set_and_correlation_id()
    {
        var correlationId = Steps.Unique("list");
        var asked = await Api.InterveneAsync($"\"correlationId\": \"{correlationId}\",");
        var continuation = await Api.SaveContinuationAsync();
        var other = await Api.StartAsync(continuation, $$"""{ "correlationId": "{{correlationId}}" }""");
        await Api.RunOverAsync(other.Text("/runId"));

        Assert.Equal([asked.RunId], await IdsAsync($"correlationId={correlationId}&status=paused"));
        Assert.Equal([other.Text("/runId")], await IdsAsync($"correlationId={correlationId}&status=completed"));
        Assert.Equal([other.Text("/runId")], await IdsAsync($"ruleSet={continuation}"));
        Assert.Equal(2, (await IdsAsync($"correlationId={correlationId}")).Count);
        Assert.Empty(await IdsAsync($"correlationId={correlationId}&status=failed"));
        (await Api.GetAsync("/api/runs?status=sleeping")).IsProblem(400, "malformed-request");
    }

    [Fact]
    public async Task Every_run_is_on_exactly_one_page_of_a_list()
    {
        var name = await Api.SaveContinuationAsync();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => Api.StartAsync(name)));

        var pages = await Api.ListAsync($"/api/runs?ruleSet={name}", limit: 4);

        Assert.Equal(25, pages.Select(Id).Distinct().Count());
        Assert.Equal(25, pages.Count);
    }

    private static string Id(JsonNode item) => item.Text("/id");

    private async Task<IReadOnlyList<string>> IdsAsync(string query) =>
        [.. (await Api.ListAsync($"/api/runs?{query}")).Select(Id)];
}
