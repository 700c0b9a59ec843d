using System.Text.Json.Nodes;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

public sealed partial class AnAgent
{
    [Theory]
    [InlineData("")]
    [InlineData("\"allowReject\": true, ")]
    public async Task Learns_that_a_person_declined_and_why_and_may_go_on(string more)
    {
        Model.CallsFor(("create_human_task", Ask.Replace("\"submitLabel\"", $"{more}\"submitLabel\"", StringComparison.Ordinal)))
            .CallsFor(("ask_follow_up", AskWhy))
            .CallsFor(("finish", """{ "result": { "offer": "none" } }"""));
        var run = await StartAsync();
        await harness.Tasks.RejectAsync(await harness.TaskOfAsync(run), "Not mine", Sender(Verification.Session), default);
        await harness.SettleAsync();

        Assert.Contains(Model.Calls, call => ResultsOf(call.Messages).Any(result =>
            (string?)result["status"] == "rejected" && (string?)result["reason"] == "Not mine" && (string?)result["verified"] == "session" && result["values"] is null));
        Assert.Contains("has no response", Model.LastResult, StringComparison.Ordinal); // no follow-up on what was declined
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Learns_that_the_time_is_over_and_that_a_task_was_cancelled_and_never_one_as_the_other()
    {
        Model.CallsFor(("create_human_task", Ask.Replace("\"submitLabel\"", "\"expiresInHours\": 2, \"submitLabel\"", StringComparison.Ordinal)))
            .CallsFor(("create_human_task", Ask))
            .CallsFor(("finish", """{ "result": { "offer": "none" } }"""));
        var run = await StartAsync();
        await harness.WaitAsync(TimeSpan.FromHours(2));
        Assert.Equal("expired", (string?)JsonNode.Parse(Model.LastResult)!["status"]);

        var second = (await harness.Store.TasksOfRunAsync(run.Id, default))[1];
        Assert.Equal("chooser.2", second.Action);
        await harness.Tasks.CancelAsync(second, "No longer", "eve@example.com", default);
        await harness.SettleAsync();

        var cancelled = JsonNode.Parse(Model.LastResult)!;
        Assert.Equal(("cancelled", "No longer", "eve@example.com"), ((string?)cancelled["status"], (string?)cancelled["reason"], (string?)cancelled["by"]));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Learns_that_somebody_else_was_asked_in_the_end()
    {
        Model.CallsFor(("create_human_task", Ask)).CallsFor(("finish", """{ "result": { "offer": "a" } }"""));
        var run = await StartAsync();
        await harness.Tasks.ReassignAsync(await harness.TaskOfAsync(run), "carol@example.com", "eve@example.com", default);
        await harness.SettleAsync();
        await AnswerAsync(await harness.TaskOfAsync(run), """{ "offer": "a" }""", "carol@example.com");
        await harness.SettleAsync();

        var answered = JsonNode.Parse(Model.LastResult)!;
        Assert.Equal("carol@example.com", (string?)answered["by"]);
        Assert.Equal("carol@example.com", (string?)answered["reassigned"]![0]!["to"]);
    }
}
