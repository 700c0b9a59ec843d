using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>"What happened to run X", and rule sets as members work on them.</summary>
public class WatchingRuns(StudioHost host) : IClassFixture<StudioHost>
{
    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task A_run_is_told_action_by_action_with_its_whole_case()
    {
        var editor = await host.AsAsync("editor");
        var continuation = await Api.SaveContinuationAsync();
        var asked = await Api.InterveneAsync(continuation: continuation);
        (await host.Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200);

        var page = (await editor.PageAsync($"/studio/default/runs/{asked.RunId}")).Is(200);

        Assert.Contains("humanIntervention", page.Body, StringComparison.Ordinal);
        Assert.Contains($"/studio/default/tasks/{asked.TaskId}", page.Body, StringComparison.Ordinal);
        Assert.Contains(continuation, page.Body, StringComparison.Ordinal);
        (await editor.PageAsync($"/studio/default/runs/{asked.RunId}", ("If-None-Match", page.Header("ETag")!))).Is(304);
        Assert.Contains(asked.RunId, (await editor.PageAsync($"/studio/default/runs?correlationId={asked.CorrelationId}")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Secrets_are_hidden_from_members_and_not_from_keys()
    {
        var name = Steps.Unique("secrets");
        (await Api.PutAsync($"/api/rule-sets/{name}", """
            { "secrets": ["customer.iban", "list.0"], "actions": [{ "type": "set", "name": "s", "values": { "customer.iban": "DE02", "customer.name": "Ada", "list": ["hidden-entry", "seen"] } }] }
            """)).Is(201);
        (await Api.PutAsync($"/api/rule-sets/{name}-wrong", """{ "secrets": ["not a path"], "actions": [{ "type": "end" }] }"""))
            .IsProblem(422, "invalid-request").HasProblemAt("/secrets/0");
        var run = (await Api.StartAsync(name)).Text("/runId");
        await Api.RunOverAsync(run);
        var owner = await host.AsAsync("owner");

        var page = (await owner.PageAsync($"/studio/default/runs/{run}")).Is(200);
        Assert.Contains("Ada", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("DE02", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-entry", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("DE02", (await owner.GetAsync($"/api/runs/{run}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Equal("DE02", (await Api.RunAsync(run)).Text("/context/customer/iban"));
    }

    [OwnHostFact]
    public async Task A_failed_run_is_retried_and_a_waiting_one_cancelled_from_its_page()
    {
        var editor = await host.AsAsync("editor");
        var failing = await Api.SaveAsync("""[{ "type": "email", "name": "tell", "to": "{{who?}}", "subject": "s", "body": "b" }]""");
        var failed = (await Api.StartAsync(failing)).Text("/runId");
        await Api.RunOverAsync(failed, "failed");
        var waiting = await Api.InterveneAsync();

        Assert.Contains("Retry from tell", (await editor.PageAsync($"/studio/default/runs/{failed}")).Body, StringComparison.Ordinal);
        (await editor.FormAsync($"/studio/default/runs/{failed}/retry")).Is(303);
        (await editor.FormAsync($"/studio/default/runs/{waiting.RunId}/retry")).Is(409);
        (await editor.FormAsync($"/studio/default/runs/{waiting.RunId}/cancel", ("reason", "enough"), ("tree", "true"))).Is(303);
        (await editor.FormAsync($"/studio/default/runs/{waiting.RunId}/cancel")).Is(409);

        Assert.Contains((await Api.LogAsync(failed)), line => line.Text("/event") == "retryRequested" && line.Text("/by") == "editor@example.com");
        Assert.Equal("enough", (await Api.RunAsync(waiting.RunId)).Text("/statusReason"));
    }

    [OwnHostFact]
    public async Task Problems_stand_at_their_lines()
    {
        var editor = await host.AsAsync("editor");
        const string Wrong = "{\n  \"actions\": [\n    { \"type\": \"end\" },\n    { \"type\": \"email\",\n      \"to\": 5 }\n  ]\n}";

        var check = (await editor.FormAsync("/studio/default/check-rule-set", ("definition", Wrong), ("name", "new"))).Is(200);
        var lines = check["/problems"]!.AsArray().Select(problem => (problem!["line"]!.GetValue<int>(), problem["pointer"]!.GetValue<string>())).ToArray();
        Assert.Contains((5, "/actions/1/to"), lines);
        Assert.Contains((4, "/actions/1/subject"), lines);
        var syntax = (await editor.FormAsync("/studio/default/check-rule-set", ("definition", "{\n  oops\n}"))).Is(200);
        Assert.Equal(2, syntax["/problems/0/line"]!.GetValue<int>());
        var page = (await editor.FormAsync("/studio/default/new-rule-set", ("name", Steps.Unique("wrong")), ("definition", Wrong), ("do", "save"))).Is(422);
        Assert.Contains("Line 5", page.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_rule_set_is_made_changed_compared_previewed_and_started()
    {
        var editor = await host.AsAsync("editor");
        var name = Steps.Unique("studio");
        var first = $$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "title": "About {{"{{what}}"}}", "assignee": "ada@example.com", "show": ["what"],
              "form": { "fields": [{ "name": "note", "type": "text", "label": "Your note", "value": "{{"{{what}}"}}" }] } }] }
            """;
        Assert.Contains(name, (await editor.FormAsync("/studio/default/new-rule-set", ("name", name), ("definition", first), ("do", "save"))).Is(303).Header("Location"), StringComparison.Ordinal);
        (await editor.FormAsync("/studio/default/new-rule-set", ("name", name), ("definition", first), ("do", "save"))).Is(422);
        (await editor.FormAsync($"/studio/default/rule-sets/{name}", ("definition", first.Replace("Your note", "A <remark>", StringComparison.Ordinal)), ("do", "check"))).Is(200);
        Assert.Equal(1, (await Api.GetAsync($"/api/rule-sets/{name}")).Is(200)["/version"]!.GetValue<int>());
        (await editor.FormAsync($"/studio/default/rule-sets/{name}", ("definition", first.Replace("Your note", "A <remark>", StringComparison.Ordinal)), ("do", "save"))).Is(303);
        Assert.Equal("editor@example.com", (await Api.GetAsync($"/api/rule-sets/{name}")).Is(200).Text("/savedBy"));

        var changes = (await editor.PageAsync($"/studio/default/rule-sets/{name}/changes?to=2")).Is(200);
        Assert.Contains("Your note", changes.Body, StringComparison.Ordinal);
        Assert.Contains("A &lt;remark&gt;", changes.Body, StringComparison.Ordinal);
        var preview = (await editor.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", """{ "what": "oak" }"""))).Is(200);
        Assert.Contains("About oak", preview.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"oak\"", preview.Body, StringComparison.Ordinal);
        Assert.Contains("About oak", (await editor.PageAsync($"/studio/default/rule-sets/{name}")).Is(200).Body, StringComparison.Ordinal); // kept for the member
        var empty = (await editor.FormAsync($"/studio/default/rule-sets/{name}/preview", ("form", "ask"), ("context", "{}"))).Is(200);
        Assert.Contains("fails at this action", empty.Body, StringComparison.Ordinal);
        (await editor.FormAsync($"/studio/default/rule-sets/{name}/start", ("context", "[]"))).Is(422);
        var started = (await editor.FormAsync($"/studio/default/rule-sets/{name}/start", ("context", """{ "what": "oak" }"""), ("correlationId", name))).Is(303);
        Assert.Single(await Api.RunsUnderAsync(name));
        (await editor.PageAsync(started.Header("Location")!)).Is(200);
        Assert.Contains(name, (await editor.PageAsync("/studio/default/rule-sets")).Is(200).Body, StringComparison.Ordinal);
    }
}
