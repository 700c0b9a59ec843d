using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>The name of the API key stands in the timelines of what it did.</summary>
public class NamingWhoDidIt(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Prefix = "API key";

    [Fact]
    public async Task A_run_says_who_started_cancelled_and_retried_it()
    {
        var asked = await Api.InterveneAsync();
        (await Api.PostAsync($"/api/runs/{asked.RunId}/cancel", "{}")).Is(204);
        var failing = await Api.SaveAsync("""[{ "type": "end", "status": "failed" }]""");
        var failed = (await Api.StartAsync(failing)).Text("/runId");
        (await Api.PostAsync($"/api/runs/{failed}/retry", "")).Is(204);

        IsNamed(await LineAsync(asked.RunId, "started"));
        IsNamed(await LineAsync(asked.RunId, "cancelled"));
        IsNamed(await LineAsync(failed, "retryRequested"));
    }

    [Fact]
    public async Task A_task_says_who_issued_its_link_again_answered_and_cancelled_it()
    {
        var answered = await Api.InterveneAsync();
        (await Api.PostAsync($"/api/tasks/{answered.TaskId}/link", "")).Is(200);
        (await Api.PostAsync($"/api/tasks/{answered.TaskId}/responses", """{ "values": { "decision": "approve" } }""")).Is(200);
        var named = await Api.InterveneAsync();
        (await Api.PostAsync(
            $"/api/tasks/{named.TaskId}/responses", """{ "values": { "decision": "approve" }, "by": "ada@example.com" }""")).Is(200);
        var cancelled = await Api.InterveneAsync();
        (await Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);

        Assert.StartsWith(Prefix, await TimelineAsync(answered, "linkReissued", "by"), StringComparison.Ordinal);
        Assert.StartsWith(Prefix, await TimelineAsync(answered, "answered", "by"), StringComparison.Ordinal);
        Assert.Equal("ada@example.com", await TimelineAsync(named, "answered", "by"));
        Assert.StartsWith(Prefix, await TimelineAsync(named, "answered", "detail"), StringComparison.Ordinal);
        Assert.StartsWith(Prefix, await TimelineAsync(cancelled, "cancelled", "by"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_of_a_rule_set_says_who_saved_it()
    {
        var name = await Api.SaveContinuationAsync();

        Assert.StartsWith(
            Prefix, (await Api.GetAsync($"/api/rule-sets/{name}?version=1")).Is(200).Text("/savedBy"), StringComparison.Ordinal);
    }

    private static void IsNamed(System.Text.Json.Nodes.JsonNode line) =>
        Assert.StartsWith(Prefix, line.Text("/by"), StringComparison.Ordinal);

    private async Task<System.Text.Json.Nodes.JsonNode> LineAsync(string runId, string happened) =>
        Assert.Single(await Api.LogAsync(runId), line => line.Text("/event") == happened);

    private async Task<string> TimelineAsync(Asked asked, string happened, string member) =>
        Assert.Single((await Api.TaskAsync(asked.TaskId))["/timeline"]!.AsArray(), item => item!.Text("/event") == happened)!
            .Text($"/{member}");
}
