using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using Microsoft.Extensions.AI;

namespace HumanTasks.Tests.Runs;

public sealed partial class AnAgent
{
    [Fact]
    public async Task A_model_that_asks_without_end_is_stopped_by_its_rounds()
    {
        Model.CallsFor(("create_human_task", Ask));
        var run = await StartAsync(more: """, "maxRounds": 2""");
        Model.CallsFor(("ask_follow_up", AskWhy));
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""");
        await harness.SettleAsync();
        Model.CallsFor(("ask_follow_up", AskWhy)).CallsFor(("create_human_task", Ask)).CallsFor(("ask_follow_up", AskWhy));
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "why": "x" }""");
        await harness.SettleAsync();

        Assert.Contains("'maxRounds' is 2", Assert.IsType<RunState.Failed>((await harness.FindAsync(run.Id)).State).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_talks_without_end_is_stopped_by_its_tokens_and_may_be_retried()
    {
        Model.CallsFor(("finish", "{}")).CallsFor(("close_task", "{}"));
        var run = await StartAsync(more: """, "maxTokens": 200""");
        Assert.Contains("'maxTokens' is 200", Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);

        Model.CallsFor(("finish", """{ "result": { "offer": "a" } }"""));
        await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default);
        await harness.SettleAsync();
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_provider_that_wants_to_be_left_alone_is_asked_again_after_that_time_under_the_same_id()
    {
        Model.Fails(new EffectFailedException("The model's provider answered 429.") { After = TimeSpan.FromMinutes(7) })
            .CallsFor(("finish", """{ "result": { "offer": "a" } }"""));
        var run = await StartAsync();
        Assert.Equal(harness.Time.GetUtcNow() + TimeSpan.FromMinutes(7), Assert.IsType<RunState.Running>(run.State).Retry!.Until);

        await harness.WaitAsync(TimeSpan.FromMinutes(7));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Equal(Model.Calls[0].RequestId, Model.Calls[1].RequestId);
    }

    [Fact]
    public async Task A_provider_that_refuses_for_good_fails_the_run_at_once()
    {
        Model.Fails(new EffectFailedException("The model's provider answered 401.") { MayPass = false });
        var run = await StartAsync();

        Assert.Equal("The model's provider answered 401.", Assert.IsType<RunState.Failed>(run.State).Error.Message);
    }

    [Theory]
    [MemberData(nameof(UselessAnswers))]
    public async Task An_answer_of_no_use_is_told_or_fails_the_run(string what, string said)
    {
        for (var i = 0; i < 3; i++)
        {
            Model.Says(_ => Useless(what));
        }

        var run = await StartAsync();
        Assert.Contains(said, Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UselessAnswers() => new()
    {
        { "filtered", "content filter" },
        { "refused", "The model refused: I will not." },
        { "cut", "too long and was cut off" },
        { "silent", "it called no tool" },
        { "many", "called 40 tools at once" },
    };

    private static ChatResponse Useless(string what) => what switch
    {
        "filtered" => new ChatResponse(new ChatMessage(ChatRole.Assistant, "")) { FinishReason = ChatFinishReason.ContentFilter },
        "refused" => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I will not.")])),
        "cut" => ScriptedModel.Tools(("finish", """{ "result": { "offer": "a" } }""")).With(ChatFinishReason.Length),
        "many" => ScriptedModel.Tools([.. Enumerable.Repeat(("nonsense", "{}"), 40)]),
        _ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "Let me think about it.")),
    };

    [Fact]
    public async Task Without_a_model_the_run_fails_and_names_the_setting()
    {
        Model.IsThere = false;
        var run = await StartAsync();

        Assert.Contains("HumanTasks:Models:0", Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_is_asked_again()
    {
        Model.CallTimeout = TimeSpan.FromSeconds(30);
        Model.Thinks = async stop =>
        {
            harness.Time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(Timeout.Infinite, stop);
        };
        var run = await StartAsync();

        Assert.Contains("within 30 seconds", Assert.IsType<RunState.Running>(run.State).Retry!.Message, StringComparison.Ordinal);
    }
}
