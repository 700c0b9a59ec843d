using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>Cards beside mails: tried again like any effect, and nothing that a task depends on.</summary>
public sealed class AnnouncingInAChannel : IDisposable
{
    private const string Hook = "https://hooks.example/SECRET";

    private readonly EngineHarness harness = new(channels: [new NoticeChannel("finance", ChannelKind.Slack, new Uri(Hook))]);

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_task_its_reminder_and_its_outcome_are_announced_beside_the_mails()
    {
        var run = await AskAsync("""
            "dueInHours": 2, "remind": [1],
            """);
        Assert.Equal((1, 1), (harness.Mail.Sent.Count, harness.World.Calls.Count));
        await harness.WaitAsync(TimeSpan.FromHours(1));
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "x" }""");
        await harness.SettleAsync();

        Assert.Equal(3, harness.World.Calls.Count);
        Assert.All(harness.World.Calls, call => Assert.Equal(Hook, call.Url));
        Assert.Equal(3, harness.World.Calls.Select(call => call.Key).Distinct().Count());
        Assert.Contains("https://tasks.example/task/", harness.World.Calls[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("https://tasks.example/task/", harness.World.Calls[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_tried_again_and_its_secret_is_in_no_log()
    {
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var run = await AskAsync("");
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, harness.World.Calls.Count);
        Assert.Single(harness.World.Calls.Select(call => call.Key).Distinct());
        var log = (await harness.Store.ReadLogAsync(run.Id, null, 200, default)).Items;
        Assert.Contains(log, line => line.Detail?.Contains("finance", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(log, line => line.Detail?.Contains("SECRET", StringComparison.Ordinal) == true);
        var task = await harness.TaskOfAsync(run);
        Assert.Contains(task.History.Timeline, happened => happened.Kind == TaskEventKind.MailFailed);
        Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "note": "x" }"""));
    }

    [Fact]
    public async Task Each_of_several_has_a_button_of_their_own()
    {
        await harness.SaveAsync("several", """
            [{ "type": "humanTask", "name": "ask", "assignees": ["a@example.com", "b@example.com"], "channels": ["finance"], "title": "T",
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        await harness.StartAsync("several");

        var buttons = JsonNode.Parse(harness.World.Calls.Single().Body!)!["blocks"]!.AsArray()
            .Single(block => (string?)block!["type"] == "actions")!["elements"]!.AsArray();
        Assert.Equal(2, buttons.Select(button => (string?)button!["url"]).Distinct().Count());
    }

    private async Task<Run> AskAsync(string more)
    {
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "channels": ["finance"], {{more}} "title": "Look",
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        return await harness.StartAsync("ask");
    }
}
