using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Client;

namespace HumanTasks.Tests.Runs;

/// <summary>A webhook of version 2 is told of every outcome of its task, as Standard Webhooks have it.</summary>
public sealed class AWebhookOfOutcomes : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Posts_an_answer_as_completed()
    {
        var run = await AskAsync();
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": "yes" }""");

        var told = await ToldAsync();

        Assert.Equal("task.completed", told.Type);
        Assert.Equal(
            ("completed", run.Id, $"{run.Id}-ask", run.CorrelationId, "link"),
            (told.Data.Outcome, told.Data.RunId, told.Data.TaskId, told.Data.CorrelationId, told.Data.Verified));
        Assert.Equal(("yes", "yes"), ((string?)told.Data.Values["ok"], (string?)told.Data.Context["ok"]));
    }

    [Fact]
    public async Task Posts_a_rejection_with_its_reason()
    {
        var run = await AskAsync("""  "allowReject": true,""");
        await harness.Tasks.RejectAsync(
            await harness.TaskOfAsync(run), "Too expensive", new Core.Engine.Submission { By = "kim@example.com", MaxFileBytes = 1 }, default);

        var told = await ToldAsync();

        Assert.Equal(
            ("task.rejected", "rejected", "kim@example.com", "Too expensive"),
            (told.Type, told.Data.Outcome, told.Data.By, told.Data.Reason));
        Assert.Empty(told.Data.Values);
    }

    [Fact]
    public async Task Posts_that_the_task_expired()
    {
        await AskAsync();
        await harness.WaitAsync(TimeSpan.FromHours(3));

        var told = await ToldAsync();

        Assert.Equal(("task.expired", "expired"), (told.Type, told.Data.Outcome));
        Assert.Equal(1, (int?)told.Data.Context["before"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Posts_that_the_task_or_its_run_was_cancelled(bool run)
    {
        var asked = await AskAsync();
        if (run)
        {
            await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, asked.Id, "Not needed", "Ed", default);
        }
        else
        {
            await harness.Tasks.CancelAsync(await harness.TaskOfAsync(asked), "Not needed", "Ed", default);
        }

        var told = await ToldAsync();

        Assert.Equal(("task.cancelled", "Not needed"), (told.Type, told.Data.Reason));
    }

    [Fact]
    public async Task Posts_a_default_response()
    {
        await AskAsync("""
            "default": { "values": { "ok": "none" }, "reason": "Nobody was there" },
            """);
        await harness.WaitAsync(TimeSpan.FromHours(3));

        var told = await ToldAsync();

        Assert.Equal(("task.defaulted", "Nobody was there"), (told.Type, told.Data.Reason));
        Assert.Equal("none", (string?)told.Data.Values["ok"]);
    }

    [Fact]
    public async Task Version_1_is_told_of_answers_only()
    {
        var run = await AskAsync(version: "");
        await harness.Tasks.CancelAsync(await harness.TaskOfAsync(run), "Not needed", "Ed", default);
        await harness.SettleAsync();

        Assert.Empty(harness.World.Requests);
    }

    [Fact]
    public async Task Has_the_members_of_the_contract_and_no_others()
    {
        var run = await AskAsync();
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "ok": "yes" }""");
        await ToldAsync();

        var body = JsonNode.Parse(harness.World.Requests.Single().Body)!.AsObject();

        Assert.Equal(["data", "timestamp", "type"], body.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["by", "context", "correlationId", "outcome", "reason", "runId", "taskId", "values", "verified"],
            body["data"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    private async Task<WebhookOutcome> ToldAsync()
    {
        await harness.SettleAsync();
        return WebhookVerifier.ReadOutcome(Encoding.UTF8.GetBytes(Assert.Single(harness.World.Requests).Body));
    }

    private async Task<Core.Runs.Run> AskAsync(string more = "", string version = """, "version": 2""")
    {
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "title": "T", "expiresInHours": 2, "notify": false, {{more}}
               "form": { "fields": [{ "name": "ok", "type": "text" }] },
               "continuation": { "webhook": "https://hook.example/in" {{version}} } }]
            """);
        return await harness.StartAsync("ask", """{ "before": 1 }""");
    }
}
