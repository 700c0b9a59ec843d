using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Runs;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Tests.Storage.Corpus;

/// <summary>Runs that the build before left in the middle of something are read and finished by this one, in every store.</summary>
public abstract class FinishingTheCorpus : IAsyncLifetime
{
    private EngineHarness harness = null!;
    private IRunStore store = null!;

    public async Task InitializeAsync()
    {
        (harness, store) = await OpenAsync();
        harness.Time.Advance(TimeSpan.FromMinutes(61));
    }

    public async Task DisposeAsync()
    {
        harness.Dispose();
        await CloseAsync();
    }

    /// <summary>The bodies of runs and tasks as they are stored, each with what this build writes of it.</summary>
    private protected abstract Task<IReadOnlyList<(string Before, string After)>> BodiesAsync();

    private protected abstract Task<(EngineHarness Harness, IRunStore Store)> OpenAsync();

    protected virtual Task CloseAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_body_is_written_as_it_was_read()
    {
        var bodies = await BodiesAsync();

        Assert.True(bodies.Count > 40);
        foreach (var (before, after) in bodies)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(before), JsonNode.Parse(after)), $"{before}\n{after}");
        }
    }

    [Fact]
    public async Task Every_status_is_there_and_can_be_read()
    {
        foreach (var status in Enum.GetValues<RunStatus>())
        {
            var runs = (await store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 100, Status: status), default)).Items;
            Assert.NotEmpty(runs);
            Assert.All(runs, run => Assert.Equal(status, run.State.Status));
        }

        foreach (var status in Enum.GetValues<TaskStatus>())
        {
            Assert.NotEmpty((await store.ListTasksAsync(new TaskQuery(EngineHarness.EnvironmentId, 100, Status: status), default)).Items);
        }
    }

    [Theory]
    [InlineData("mid-quorum", "bob@example.com", "cyd@example.com")]
    [InlineData("mid-quorum-unconsumed", "cyd@example.com")]
    public async Task A_run_in_mid_quorum_ends_with_everybodys_answer(string name, params string[] open)
    {
        var run = await RunAsync(name);
        foreach (var by in open)
        {
            Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, by, """{ "note": "late" }"""));
            await harness.SettleAsync();
        }

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal(
            ["ann@example.com", "bob@example.com", "cyd@example.com"],
            run.Context["ask"]!["answers"]!.AsArray().Select(answer => (string?)answer!["by"]));
        Assert.Equal("from ann@example.com", (string?)run.Context["ask"]!["answers"]![0]!["values"]!["note"]);
        Assert.Empty(await store.UnconsumedResponsesAsync(run.Id, default));
    }

    [Fact]
    public async Task A_run_in_mid_retry_makes_its_next_attempt_with_the_same_key()
    {
        var run = await RunAsync("mid-retry");
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };

        await harness.AdvanceAsync(run.Id, Signal.DeadlinePassed);

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Equal($"{run.Id}-0-http", Assert.Single(harness.World.Calls).Key);
    }

    [Fact]
    public async Task A_delivery_in_mid_retry_is_delivered_and_keeps_its_attempts()
    {
        var run = await RunAsync("mid-delivery", RuleSetName.Webhook);
        Assert.Single(new WebhookDelivery(run).Tries());

        await harness.AdvanceAsync(run.Id, Signal.DeadlinePassed);

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal(2, new WebhookDelivery(run).Tries().Count);
        Assert.Contains(run.Id, Assert.Single(harness.World.Requests).Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mid-agent")]
    [InlineData("mid-agent-reviewing")]
    public async Task A_run_in_mid_agent_reads_the_answer_and_finishes(string name)
    {
        var run = await RunAsync(name);
        harness.Model.CallsFor(("finish", """{ "result": { "offer": "b" } }"""));
        if ((await harness.TaskOfAsync(run)).State is TaskState.Pending)
        {
            await AnswerAsync(run, "ann@example.com", """{ "offer": "b" }""");
            await harness.SettleAsync();
        }
        else
        {
            await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        }

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("b", (string?)run.Context["chosen"]!["offer"]);
        Assert.Contains("\"b\"", harness.Model.LastResult, StringComparison.Ordinal);
        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
    }

    [Fact]
    public async Task A_run_in_the_middle_of_its_notices_tells_those_who_were_not_told_yet()
    {
        var run = await RunAsync("mid-notices", RuleSetName.Notices);

        await harness.AdvanceAsync(run.Id, Signal.Continue);

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Equal("out2@example.com", Assert.Single(harness.Mail.Sent).Email.To.Single());
    }

    [Fact]
    public async Task A_claimed_task_is_answered_by_who_has_it_and_a_faulted_run_is_retried()
    {
        var claimed = await RunAsync("claimed");
        Assert.IsType<Verdict.Claimed>(await AnswerAsync(claimed, "ann@example.com", """{ "note": "mine" }"""));
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(claimed, "bob@example.com", """{ "note": "mine" }"""));

        var fault = await RunAsync("fault");
        Assert.IsType<RunVerdict.Done>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, fault.Id, "boss@example.com", default));
        await harness.SettleAsync();
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(fault, "ann@example.com", """{ "note": "at last" }"""));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(fault.Id)).State);
    }

    private async Task<Run> RunAsync(string name, string? ruleSet = null) =>
        (await store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 100, CorrelationId: name), default)).Items
            .Single(run => ruleSet is null ? run.RuleSet[0] != '~' : run.RuleSet == ruleSet);

    private async Task<Verdict> AnswerAsync(Run run, string by, string values) => await harness.Tasks.AcceptAsync(
        await harness.TaskOfAsync(run),
        JsonNode.Parse(values)!.AsObject(),
        new Submission { By = by, Verified = Verification.Session, MaxFileBytes = 1000 },
        default);
}
