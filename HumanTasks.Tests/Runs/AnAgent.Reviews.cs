using System.Text.Json.Nodes;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed partial class AnAgent
{
    [Fact]
    public async Task With_review_an_answer_is_final_only_when_the_model_has_looked_at_it()
    {
        Model.CallsFor(("create_human_task", Ask));
        var run = await StartAsync(more: """, "review": true""");
        var task = await harness.TaskOfAsync(run);
        var accepted = Assert.IsType<Verdict.Accepted>(await AnswerAsync(task, """{ "offer": "a" }"""));
        Assert.Equal(1, accepted.Response.UsesLeft);
        task = await harness.TaskOfAsync(run);
        Assert.IsType<TaskState.Reviewing>(task.State);
        Assert.Equal(0, task.Uses);
        Assert.IsType<Verdict.UnderReview>(await AnswerAsync(task, """{ "offer": "b" }"""));

        Model.CallsFor(("ask_follow_up", AskWhy));
        await harness.SettleAsync();
        task = await harness.TaskOfAsync(run);
        Assert.IsType<TaskState.Pending>(task.State);
        Assert.Equal(1, task.UsesLeft);

        Model.CallsFor(("finish", """{ "result": { "offer": "a" } }"""));
        await AnswerAsync(task, """{ "why": "x" }""");
        await harness.SettleAsync();
        task = await harness.TaskOfAsync(run);
        Assert.IsType<TaskState.Completed>(task.State);
        Assert.Equal(1, task.Uses);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_run_that_fails_while_an_answer_is_looked_at_goes_on_with_it_when_it_is_retried()
    {
        Model.CallsFor(("create_human_task", Ask)).Fails(new EffectFailedException("401") { MayPass = false });
        var run = await StartAsync(more: """, "review": true""");
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""");
        await harness.SettleAsync();
        Assert.IsType<RunState.Failed>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Reviewing>((await harness.TaskOfAsync(run)).State);

        Model.CallsFor(("finish", """{ "result": { "offer": "a" } }"""));
        await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default);
        await harness.SettleAsync();

        Assert.Equal("answered", (string?)Assert.Single(ResultsOf(Model.LastTold))["status"]);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_an_answer_is_looked_at_leaves_the_answer_final()
    {
        Model.CallsFor(("create_human_task", Ask)).Fails(new EffectFailedException("503"));
        var run = await StartAsync(more: """, "review": true""");
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""");
        await harness.SettleAsync();
        Assert.IsType<RunState.Running>((await harness.FindAsync(run.Id)).State);
        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "Enough", null, default);

        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Each_follow_up_is_open_for_as_long_as_the_first_question_was()
    {
        Model.CallsFor(("create_human_task", Ask.Replace("\"submitLabel\"", "\"expiresInHours\": 5, \"submitLabel\"", StringComparison.Ordinal)));
        var run = await StartAsync();
        for (var round = 0; round < 3; round++)
        {
            var task = await harness.TaskOfAsync(run);
            Assert.Equal(TimeSpan.FromHours(5), task.Schedule.ExpiresAt - harness.Time.GetUtcNow());
            await harness.WaitAsync(TimeSpan.FromHours(2));
            Model.CallsFor(("ask_follow_up", AskWhy));
            await AnswerAsync(task, round == 0 ? """{ "offer": "a" }""" : """{ "why": "x" }""");
            await harness.SettleAsync();
        }
    }

    [Fact]
    public async Task Somebody_who_is_still_at_the_page_is_not_mailed_about_the_follow_up_before_two_minutes_are_over()
    {
        Model.CallsFor(("create_human_task", Ask)).CallsFor(("ask_follow_up", AskWhy));
        var run = await StartAsync(more: """, "review": true""");
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""");
        await harness.SettleAsync();
        Assert.Single(harness.Mail.Sent);

        await harness.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.StartsWith("Follow-up question", harness.Mail.Sent[^1].Email.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_an_earlier_round_is_not_taken_for_one_to_the_newest()
    {
        Model.CallsFor(("create_human_task", Ask)).CallsFor(("ask_follow_up", Ask.Replace("\"title\": \"Which offer?\",", "", StringComparison.Ordinal)));
        var run = await StartAsync();
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""");
        await harness.SettleAsync();
        var task = await harness.TaskOfAsync(run);

        var late = await harness.Tasks.AcceptAsync(task, JsonNode.Parse("""{ "offer": "b" }""")!.AsObject(), Sender() with { Round = 1 }, default);
        Assert.IsType<Verdict.OtherRound>(late);
        var now = await harness.Tasks.AcceptAsync(task, JsonNode.Parse("""{ "offer": "b" }""")!.AsObject(), Sender() with { Round = 2 }, default);
        Assert.IsType<Verdict.Accepted>(now);
    }
}
