using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>Runs of one request to a person: what they do is in their task, and nothing else of them is stored.</summary>
public sealed class AskingWithoutARuleSet : IDisposable
{
    private const string Intervention = $$"""
        { "form": {{Actions.Form}}, "continuation": { "ruleSet": "done" }, "linkExpirationHours": 2, "maxUses": 2 }
        """;

    private const string Assignment = $$"""
        { "title": "Check", "form": {{Actions.Form}}, "assignee": "ada@example.com", "allowReject": true, "expiresInHours": 2 }
        """;

    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task An_intervention_continues_once_for_each_answer()
    {
        var (run, task) = await AskAsync("humanIntervention", RuleSetName.Intervention, Intervention);
        Assert.Null(run.Definition);

        await harness.SubmitAsync(task, """{ "answer": "one" }""");
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "two" }""");

        var outputs = (await harness.ContinuationsAsync(run)).Select(next => ((RunState.Completed)next.State).Output!.GetValue<string>());
        Assert.Equal(["one", "two"], outputs);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Theory]
    [InlineData("humanIntervention", RuleSetName.Intervention, Intervention)]
    [InlineData("humanTask", RuleSetName.Task, Assignment)]
    public async Task A_request_expires_at_its_deadline(string type, string name, string body)
    {
        var (run, _) = await AskAsync(type, name, body);

        await harness.WaitAsync(TimeSpan.FromHours(2));

        Assert.IsType<RunState.Expired>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Expired>((await harness.TaskOfAsync(run)).State);
    }

    [Theory]
    [InlineData("humanIntervention", RuleSetName.Intervention, Intervention)]
    [InlineData("humanTask", RuleSetName.Task, Assignment)]
    public async Task A_request_can_be_cancelled(string type, string name, string body)
    {
        var (run, _) = await AskAsync(type, name, body);

        Assert.IsType<RunVerdict.Done>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "not needed", null, default));

        Assert.IsType<TaskState.Cancelled>((await harness.TaskOfAsync(run)).State);
    }

    [Fact]
    public async Task An_assignment_puts_its_answer_into_the_context()
    {
        var (run, task) = await AskAsync("humanTask", RuleSetName.Task, Assignment);

        await harness.SubmitAsync(task, """{ "answer": "yes" }""");

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("yes", run.Context["ask"]!["values"]!["answer"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_assignment_that_may_be_rejected_goes_on_and_completes()
    {
        var (run, task) = await AskAsync("humanTask", RuleSetName.Task, Assignment);

        await harness.Tasks.RejectAsync(task, "not mine", new Submission { By = "Ada", MaxFileBytes = 1 }, default);

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("rejected", run.Context["ask"]!["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_failed_run_is_tried_again_with_the_action_of_its_task()
    {
        var (run, task) = await AskAsync("humanTask", RuleSetName.Task, Assignment);
        await harness.Store.CommitAsync(
            new TurnCommit
            {
                ExpectedVersion = run.Version,
                Run = run with { Version = run.Version + 1, Position = 1, State = new RunState.Failed(new RunError("ask", "broken", 1)) },
            },
            default);

        Assert.IsType<RunVerdict.Done>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default));
        await harness.SettleAsync();

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.NotNull(task);
    }

    [Fact]
    public async Task A_run_that_was_stored_with_a_definition_keeps_working()
    {
        var (run, task) = await AskAsync("humanIntervention", RuleSetName.Intervention, Intervention);
        var definition = JsonElement.Parse($$"""
            { "actions": [ { "type": "humanIntervention", "name": "ask", "title": "Old", "form": {{Actions.Form}},
                "continuation": { "ruleSet": "done" }, "maxUses": 2 } ] }
            """);
        await harness.Store.CommitAsync(
            new TurnCommit { ExpectedVersion = run.Version, Run = run with { Version = run.Version + 1, Definition = definition } },
            default);

        await harness.SubmitAsync(task, """{ "answer": "one" }""");

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.NotNull((await harness.FindAsync(run.Id)).Definition);
    }

    private async Task<(Run Run, HumanTask Task)> AskAsync(string type, string name, string body)
    {
        await harness.SaveAsync("done", Actions.Done);
        var problems = new Problems();
        var members = ObjectReader.Open(JsonElement.Parse(body), "", problems)!;
        var action = RuleSetReader.ReadAction(
            members, type, "ask", harness.Environment.Limits, "Your response is needed",
            type == "humanTask" ? RuleSetShape.TaskRequest() : RuleSetShape.InterventionRequest());
        Assert.Empty(problems);
        var request = new StartRequest(
            Ids.New(harness.Time.GetUtcNow()), harness.Environment, new RuleSet(name, 0, [action!]), [], null)
        { MustPause = true };
        var started = Assert.IsType<StartVerdict.Started>(await harness.Runs.StartAsync(request, default));
        return (started.Run, started.Task!);
    }
}
