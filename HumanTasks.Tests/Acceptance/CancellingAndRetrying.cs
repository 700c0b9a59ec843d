using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public class CancellingAndRetrying(Deployment deployment) : AcceptanceTest(deployment)
{
    [Fact]
    public async Task A_paused_run_is_cancelled_with_its_task_and_its_link()
    {
        var asked = await Api.InterveneAsync();

        Assert.Empty((await Api.PostAsync($"/api/runs/{asked.RunId}/cancel", """{ "reason": "ordered twice" }""")).Is(204).Body);

        var run = await Api.RunAsync(asked.RunId);
        Assert.Equal("cancelled", run.Text("/status"));
        Assert.Equal("ordered twice", run.Text("/statusReason"));
        Assert.Equal("cancelled", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).IsProblem(410, "link-expired");
    }

    [Fact]
    public async Task A_reason_is_optional_and_unknown_members_are_refused()
    {
        var asked = await Api.InterveneAsync();

        (await Api.PostAsync($"/api/runs/{asked.RunId}/cancel", """{ "why": "…" }"""))
            .IsProblem(400, "malformed-request")
            .HasProblemAt("/why");
        (await Api.PostAsync($"/api/runs/{asked.RunId}/cancel")).Is(204);
    }

    [Fact]
    public async Task A_run_that_is_over_cannot_be_cancelled()
    {
        var started = await Api.StartAsync(await Api.SaveContinuationAsync());
        var runId = started.Text("/runId");
        await Api.RunOverAsync(runId);

        var refused = (await Api.PostAsync($"/api/runs/{runId}/cancel", "{}")).IsProblem(409, "run-is-over");

        Assert.Equal(runId, refused.Text("/correlationId"));
    }

    [Fact]
    public async Task Only_a_failed_run_can_be_retried()
    {
        var asked = await Api.InterveneAsync();

        (await Api.PostAsync($"/api/runs/{asked.RunId}/retry")).IsProblem(409, "run-is-not-failed");
    }

    [Fact]
    public async Task A_continuation_without_its_rule_set_fails_and_goes_on_by_retry_once_it_is_there()
    {
        var missing = Steps.Unique("late");
        var name = await Api.SaveAsync($$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "Go on?",
               "form": { "fields": [{ "name": "word", "type": "text", "label": "Word" }] },
               "continuation": { "ruleSet": "{{missing}}" } }]
            """);
        var started = await Api.StartAsync(name);
        var submitted = (await Anybody.SubmitAsync(Steps.PathOf(started.Text("/links/askLink")), """{ "word": "kept" }""")).Is(200);
        var runId = submitted.Text("/runId");

        var failed = await Api.RunOverAsync(runId, "failed");
        Assert.Contains(missing, failed.Text("/error/message"), StringComparison.Ordinal);
        (await Api.PutAsync(
            $"/api/rule-sets/{missing}", """{ "actions": [{ "type": "end", "name": "done", "output": "{{word}}" }] }""")).Is(201);
        (await Api.PostAsync($"/api/runs/{runId}/retry")).Is(204);

        Assert.Equal("kept", (await Api.RunOverAsync(runId)).Text("/output"));
        Assert.Contains(await Api.LogAsync(runId), line => line.Text("/event") == "retryRequested");
    }

    [Fact]
    public async Task A_run_that_fails_again_after_a_retry_is_failed_again()
    {
        var name = await Api.SaveAsync("""[{ "type": "set", "name": "copy", "values": { "a": "{{missing}}" } }]""");
        var started = await Api.StartAsync(name);
        var runId = started.Text("/runId");
        await Api.RunOverAsync(runId, "failed");

        (await Api.PostAsync($"/api/runs/{runId}/retry")).Is(204);

        await Steps.UntilAsync(
            () => Api.GetAsync($"/api/runs/{runId}/log"),
            log => log["/items"]!.AsArray().Count(line => line.Text("/event") == "failed") == 2);
        await Api.RunOverAsync(runId, "failed");
    }

    [Fact]
    public async Task Cancelling_at_once_with_an_answer_never_loses_the_answer()
    {
        for (var i = 0; i < 10; i++)
        {
            var asked = await Api.InterveneAsync();

            var submitting = Anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""");
            var cancelling = Api.PostAsync($"/api/runs/{asked.RunId}/cancel", "{}");
            var (submitted, cancelled) = (await submitting, await cancelling);

            Assert.Contains(cancelled.Status, new[] { 204, 409 });
            Assert.Contains(submitted.Status, new[] { 200, 410 });
            if (submitted.Status == 200)
            {
                await Api.RunOverAsync(submitted.Text("/runId"));
            }
            else
            {
                Assert.Single(await Api.RunsUnderAsync(asked.CorrelationId));
            }
        }
    }
}
