using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>One request must not become very many runs, nor very large ones.</summary>
public class BoundingRuns(Deployment deployment) : AcceptanceTest(deployment)
{
    private const int MaxDescendants = 1000;

    [Fact]
    public async Task A_rule_set_that_starts_itself_twice_ends_at_the_bound_of_its_tree()
    {
        var name = Steps.Unique("doubling");
        (await Api.PutAsync($"/api/rule-sets/{name}", $$"""
            { "actions": [{ "type": "startRuleSet", "ruleSet": "{{name}}" }, { "type": "startRuleSet", "ruleSet": "{{name}}" }] }
            """)).Is(201);
        var started = await Api.StartAsync(name);

        await Steps.UntilAsync(
            () => Api.GetAsync($"/api/runs?ruleSet={name}&status=running&limit=1"), list => list["/items"]!.AsArray().Count == 0);
        var runs = await Api.ListAsync($"/api/runs?ruleSet={name}");

        Assert.InRange(runs.Count, 2, MaxDescendants + 1);
        var failed = runs.Where(run => run.Text("/status") == "failed").ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, run => Assert.Contains("without a person in between", run.Text("/statusReason"), StringComparison.Ordinal));
        Assert.Contains(failed, run => run.Text("/statusReason").Contains(started.Text("/runId"), StringComparison.Ordinal)
            || run.Text("/statusReason").Contains("50 runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_starts_are_spread_over_turns_and_all_happen()
    {
        var child = await Api.SaveContinuationAsync();
        var starts = Enumerable.Repeat($$"""{ "type": "startRuleSet", "ruleSet": "{{child}}" }""", 40);
        var parent = await Api.SaveAsync($"[{string.Join(',', starts)}]");

        var run = await Api.RunOverAsync((await Api.StartAsync(parent)).Text("/runId"));

        Assert.Equal(40, run["/continuations"]!.AsArray().Distinct().Count());
        var turns = (await Api.LogAsync(run.Text("/id")))
            .Where(line => line.Text("/event") == "continuationQueued")
            .GroupBy(line => line.Text("/at"))
            .Select(turn => turn.Count());
        Assert.All(turns, count => Assert.InRange(count, 1, 32)); // two turns may fall into the same tick, three do not
    }

    [Fact]
    public async Task A_run_is_not_started_with_a_context_that_is_larger_than_it_may_be()
    {
        // two halves of what is allowed and a little more
        var half = new string('x', 530_000);
        var child = await Api.SaveContinuationAsync();
        var parent = await Api.SaveAsync($$"""
            [{ "type": "startRuleSet", "name": "both", "ruleSet": "{{child}}", "context": { "a": "{{"{{half}}"}}", "b": "{{"{{half}}"}}" } }]
            """);

        var started = await Api.StartAsync(parent, $$"""{ "context": { "half": "{{half}}" } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"), "failed");
        Assert.Contains("MaxContextBytes", run.Text("/error/message"), StringComparison.Ordinal);
        Assert.Empty(run["/continuations"]!.AsArray());
    }

    [Fact]
    public async Task A_tree_of_runs_is_cancelled_from_its_root()
    {
        var (root, correlationId) = await PlantAsync();

        (await Api.PostAsync($"/api/runs/{root}/cancel", """{ "reason": "stop it all", "tree": true }""")).Is(204);

        var runs = await Api.RunsUnderAsync(correlationId);
        Assert.Equal(7, runs.Count);
        Assert.All(runs.Where(run => run.Text("/id") != root), run => Assert.Equal("cancelled", run.Text("/status")));
        Assert.Empty(await Api.ListAsync($"/api/tasks?status=pending&q={correlationId}"));
        (await Api.PostAsync($"/api/runs/{root}/cancel", """{ "tree": true }""")).IsProblem(409, "run-is-over");
    }

    [Fact]
    public async Task All_runs_under_a_correlation_id_are_cancelled_at_once()
    {
        var (root, correlationId) = await PlantAsync();
        var another = await Api.InterveneAsync();

        var answer = (await Api.PostAsync("/api/runs/cancel", $$"""{ "correlationId": "{{correlationId}}", "reason": "enough" }""")).Is(200);

        Assert.Equal(6, answer["/cancelled"]!.GetValue<int>());
        Assert.All(
            (await Api.RunsUnderAsync(correlationId)).Where(run => run.Text("/id") != root),
            run => Assert.Equal("enough", run.Text("/statusReason")));
        Assert.Equal("paused", (await Api.RunAsync(another.RunId)).Text("/status"));
        (await Api.PostAsync("/api/runs/cancel", "{}")).IsProblem(422, "invalid-request");
    }

    [Fact]
    public async Task A_title_does_not_grow_without_end()
    {
        var name = await Api.SaveAsync($$"""
            [{ "type": "humanIntervention", "title": "{{"{{long}}"}}", "form": {{Steps.DecisionForm.Replace("{{invoice.amount}}", "1", StringComparison.Ordinal)}},
               "continuation": { "ruleSet": "{{await Api.SaveContinuationAsync()}}" } }]
            """);

        var started = await Api.StartAsync(name, $$"""{ "context": { "long": "{{new string('t', 1001)}}" } }""");

        var run = await Api.RunOverAsync(started.Text("/runId"), "failed");
        Assert.Contains("'title'", run.Text("/error/message"), StringComparison.Ordinal);
        Assert.DoesNotContain("tttt", run.Text("/error/message"), StringComparison.Ordinal);
    }

    /// <summary>A root that is over, two runs below it, and two below each of them that wait for a person.</summary>
    private async Task<(string Root, string CorrelationId)> PlantAsync()
    {
        var correlationId = Steps.Unique("tree");
        var ask = await Api.SaveAsync($$"""
            [{ "type": "humanIntervention", "title": "?", "form": { "fields": [{ "name": "ok", "type": "boolean" }] },
               "continuation": { "ruleSet": "{{await Api.SaveContinuationAsync()}}" } }]
            """);
        var branch = await Api.SaveAsync($$"""
            [{ "type": "startRuleSet", "ruleSet": "{{ask}}" }, { "type": "startRuleSet", "ruleSet": "{{ask}}" },
             { "type": "humanIntervention", "title": "?", "form": { "fields": [{ "name": "ok", "type": "boolean" }] },
               "continuation": { "ruleSet": "{{ask}}" } }]
            """);
        var root = await Api.SaveAsync($$"""
            [{ "type": "startRuleSet", "ruleSet": "{{branch}}" }, { "type": "startRuleSet", "ruleSet": "{{branch}}" }]
            """);
        var started = await Api.StartAsync(root, $$"""{ "correlationId": "{{correlationId}}" }""");
        await Steps.UntilAsync(
            () => Api.GetAsync($"/api/runs?correlationId={correlationId}&status=paused"),
            list => list["/items"]!.AsArray().Count == 6);
        return (started.Text("/runId"), correlationId);
    }
}
