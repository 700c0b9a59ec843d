using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task Over_the_allowance_the_answer_is_kept_and_its_continuation_waits()
    {
        using var small = new EngineHarness(Tier.Shared, allowance: 1);
        await small.SaveAsync("done", Actions.Done);
        await small.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await small.StartAsync("asks");

        Assert.IsType<Verdict.Accepted>(await small.SubmitAsync(await small.TaskOfAsync(run), """{ "answer": "kept" }"""));
        await small.SettleAsync();

        var queued = Assert.Single(await small.ContinuationsAsync(run));
        Assert.Contains("allowance", Assert.IsType<RunState.Queued>(queued.State).Reason, StringComparison.Ordinal);
        small.Time.Advance(TimeSpan.FromDays(9));
        var now = small.Time.GetUtcNow();
        Assert.Equal([queued.Id], await small.Store.ReleaseQueuedAsync(
            EngineHarness.EnvironmentId, small.Environment.MeterContinuation(now)!, now, 10, default));
        await small.AdvanceAsync(queued.Id, Signal.Started);
        Assert.Equal("kept", Assert.IsType<RunState.Completed>((await small.FindAsync(queued.Id)).State).Output!.GetValue<string>());
    }

    [Fact]
    public async Task On_the_dedicated_tier_a_continuation_is_not_counted()
    {
        using var dedicated = new EngineHarness(Tier.Dedicated, allowance: 1);
        await dedicated.SaveAsync("done", Actions.Done);
        await dedicated.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await dedicated.StartAsync("asks");

        await dedicated.SubmitAsync(await dedicated.TaskOfAsync(run), """{ "answer": "yes" }""");
        await dedicated.SettleAsync();

        Assert.IsType<RunState.Completed>(Assert.Single(await dedicated.ContinuationsAsync(run)).State);
    }

    [Fact]
    public async Task A_continuation_whose_rule_set_is_missing_fails_by_itself_and_can_be_retried()
    {
        await harness.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await harness.StartAsync("asks");
        await AcceptAsync(await harness.TaskOfAsync(run), "kept");
        await harness.SettleAsync();
        var failed = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Contains("'done'", Assert.IsType<RunState.Failed>(failed.State).Error.Message, StringComparison.Ordinal);

        await harness.SaveAsync("done", Actions.Done);
        await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, failed.Id, null, default);
        await harness.SettleAsync();

        Assert.IsType<RunState.Completed>((await harness.FindAsync(failed.Id)).State);
    }

    [Fact]
    public async Task A_webhook_gets_the_answer_in_a_run_of_its_own()
    {
        await harness.SaveAsync("hooks", $$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "t", "form": {{Actions.Form}},
               "continuation": { "webhook": "https://hook.example/in" } }]
            """);
        var run = await harness.StartAsync("hooks", """{ "odd": "{{not.a.template" }""");

        await AcceptAsync(await harness.TaskOfAsync(run), "{{nor.this}}");
        await harness.SettleAsync();

        var call = Assert.Single(harness.World.Calls);
        Assert.Equal("https://hook.example/in", call.Url);
        var body = System.Text.Json.Nodes.JsonNode.Parse(call.Body!)!;
        Assert.Equal(run.CorrelationId, body["correlationId"]!.GetValue<string>());
        Assert.Equal("{{nor.this}}", body["values"]!["answer"]!.GetValue<string>());
        Assert.Equal("{{not.a.template", body["context"]!["odd"]!.GetValue<string>());
        Assert.IsType<RunState.Completed>(Assert.Single(await harness.ContinuationsAsync(run)).State);
    }
}
