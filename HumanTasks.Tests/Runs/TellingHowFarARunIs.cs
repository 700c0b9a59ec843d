using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Steps;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>How far a run has come with each action of its rule set.</summary>
public sealed class TellingHowFarARunIs : IDisposable
{
    private const string Branches = """
        [
          { "type": "when", "name": "is-large", "if": { "path": "amount", "op": "gt", "value": 100 },
            "then": [{ "type": "humanTask", "name": "ask", "title": "T", "assignee": "ann@example.com", "allowReject": true, "form": { "fields": [{ "name": "note", "type": "text" }] } }],
            "else": [{ "type": "set", "name": "small", "values": { "ok": true } }, { "type": "set", "name": "note", "values": { "b": true } }] },
          { "type": "set", "name": "last", "values": { "done": true } }
        ]
        """;

    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Actions_to_come_and_those_of_the_other_branch_are_told_apart()
    {
        await harness.SaveAsync("branches", Branches);
        var run = await harness.StartAsync("branches", """{ "amount": 500 }""");

        Assert.Equal(
            [("is-large", 0, StepState.Done), ("ask", 1, StepState.Waiting), ("small", 1, StepState.Skipped), ("note", 1, StepState.Skipped), ("last", 0, StepState.Coming)],
            (await StepsAsync(run)).Select(step => (step.Name, step.Depth, step.State)));
    }

    [Fact]
    public async Task A_skipped_branch_stays_skipped_when_the_run_is_over()
    {
        await harness.SaveAsync("branches", Branches);
        var run = await harness.StartAsync("branches", """{ "amount": 5 }""");

        Assert.Equal(
            ["is-large Done", "ask Skipped", "small Done", "note Done", "last Done"],
            (await StepsAsync(run)).Select(step => $"{step.Name} {step.State}"));
    }

    [Fact]
    public async Task A_declined_task_is_not_done_but_rejected()
    {
        await harness.SaveAsync("branches", Branches);
        var run = await harness.StartAsync("branches", """{ "amount": 500 }""");
        await harness.Tasks.RejectAsync(await harness.TaskOfAsync(run), "No.", new Submission { By = "ann@example.com", MaxFileBytes = 1000 }, default);
        await harness.SettleAsync();

        var step = (await StepsAsync(await harness.FindAsync(run.Id))).Single(step => step.Name == "ask");
        Assert.Equal(StepState.Rejected, step.State);
    }

    [Fact]
    public async Task A_quorum_with_one_of_two_responses_waits()
    {
        await harness.SaveAsync("quorum", """
            [{ "type": "humanTask", "name": "vote", "title": "T", "assignees": ["a@example.com", "b@example.com", "c@example.com"], "need": 2, "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        var run = await harness.StartAsync("quorum");
        await harness.Tasks.AcceptAsync(await harness.TaskOfAsync(run), [], new Submission { By = "a@example.com", MaxFileBytes = 1000 }, default);
        await harness.SettleAsync();

        var step = Assert.Single(await StepsAsync(await harness.FindAsync(run.Id)));
        Assert.Equal((StepState.Waiting, (1, 2)), (step.State, step.Responses));
        Assert.Contains(step.Lines, line => line is { Event: RunEvent.ResponseReceived, By: "a@example.com" });
        Assert.Null(step.To); // it is not over
    }

    [Fact]
    public async Task A_failed_attempt_is_retried_and_the_rest_is_not_reached_once_it_failed_for_good()
    {
        harness.World.Answer = _ => new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable);
        await harness.SaveAsync("call", """
            [{ "type": "http", "name": "pay", "url": "https://api.example/", "retry": { "attempts": 2 } }, { "type": "set", "name": "after", "values": { "a": 1 } }]
            """);
        var run = await harness.StartAsync("call");

        var step = (await StepsAsync(run))[0];
        Assert.Equal((StepState.Retrying, 1, ((RunState.Running)run.State).Retry!.Until), (step.State, step.Attempts, step.Until));

        await harness.WaitAsync(TimeSpan.FromHours(1));
        var steps = await StepsAsync(await harness.FindAsync(run.Id));
        Assert.Equal([(StepState.Failed, 2), (StepState.NotReached, 0)], steps.Select(one => (one.State, one.Attempts)));
        Assert.Equal(2, steps[0].Calls.Count);
        Assert.Equal(run.CreatedAt, steps[0].From);
        Assert.Equal(TimeSpan.FromHours(1), steps[0].To - steps[0].From);
    }

    [Fact]
    public async Task Without_its_rule_set_a_run_tells_what_its_log_knows()
    {
        await harness.SaveAsync("branches", Branches);
        var run = await harness.StartAsync("branches", """{ "amount": 500 }""");
        var log = (await harness.Store.ReadLogAsync(run.Id, null, 100, default)).Items;

        Assert.Equal(["is-large Done", "ask Waiting"], RunSteps.Of(run, null, log, []).Select(step => $"{step.Name} {step.State}"));
    }

    private async Task<IReadOnlyList<RunStep>> StepsAsync(Run run) => RunSteps.Of(
        run,
        await harness.Engine.FindRuleSetAsync(run, null, default),
        (await harness.Store.ReadLogAsync(run.Id, null, 100, default)).Items,
        await harness.Store.TasksOfRunAsync(run.Id, default));
}
