using System.Net;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>An effect that happened is recorded, whatever else happened to its run or its task meanwhile.</summary>
public sealed class RecordingWhatWasSent : IDisposable
{
    private readonly House house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_task_that_changes_while_its_email_is_sent_is_mailed_once()
    {
        await SaveAsync();
        house.Mail.WhileSending = async () => await ReissueAsync();

        var run = await house.StartAsync("ask");

        Assert.Single(house.Mail.Sent);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.LinkReissued, TaskEventKind.Mailed], await KindsAsync(run.Id));
    }

    [Fact]
    public async Task A_task_that_is_answered_while_its_email_is_sent_says_that_it_was_mailed()
    {
        await SaveAsync();
        house.Mail.WhileSending = async () => await house.SubmitAsync(await TaskAsync(), """{ "note": "quick" }""");

        var run = await house.StartAsync("ask");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Single(house.Mail.Sent);
        Assert.Contains(TaskEventKind.Mailed, await KindsAsync(run.Id));
        Assert.Contains(await LogAsync(run.Id), line => line.Event == RunEvent.EmailSent);
    }

    [Fact]
    public async Task A_call_that_was_made_while_its_run_was_cancelled_stands_in_the_log()
    {
        await house.SaveAsync("call", """[{ "type": "http", "name": "pay", "method": "POST", "url": "https://pay.example/" }]""");
        house.World.Answer = _ =>
        {
            var runId = house.Store.ListRunsAsync(new(House.EnvironmentId, 10), default).GetAwaiter().GetResult().Items.Single().Id;
            house.Runs.CancelAsync(House.EnvironmentId, runId, "Stop", null, default).GetAwaiter().GetResult();
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        var run = await house.StartAsync("call");

        Assert.IsType<RunState.Cancelled>(run.State);
        Assert.Single(house.World.Calls);
        Assert.Contains(await LogAsync(run.Id), line => line is { Event: RunEvent.HttpCalled, Action: "pay", Detail: "POST returned 200" });
    }

    [Fact]
    public async Task A_commit_that_fails_after_the_email_does_not_send_it_again()
    {
        await house.SaveAsync("tell", """[{ "type": "email", "to": "a@example.com", "subject": "s", "body": "b" }]""");
        house.Mail.WhileSending = () =>
        {
            house.WhileCommitting = () => throw new Core.Ports.StorageUnavailableException("The disk is full.");
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<Core.Ports.StorageUnavailableException>(() => house.StartAsync("tell"));

        var run = (await house.Store.ListRunsAsync(new(House.EnvironmentId, 10), default)).Items.Single();
        await house.AdvanceAsync(run.Id, Signal.Continue);

        Assert.IsType<RunState.Completed>((await house.FindAsync(run.Id)).State);
        Assert.Single(house.Mail.Sent);
    }

    private async Task ReissueAsync() =>
        Assert.IsType<Verdict.Done>(await house.Tasks.ReissueLinkAsync(await TaskAsync(), "Ed", default));

    private async Task<HumanTask> TaskAsync()
    {
        var run = (await house.Store.ListRunsAsync(new(House.EnvironmentId, 10), default)).Items.Single();
        return await house.TaskOfAsync(run);
    }

    private Task SaveAsync() => house.SaveAsync("ask", """
        [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "title": "Look at it",
           "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
        """);

    private async Task<TaskEventKind[]> KindsAsync(string runId) =>
        [.. (await house.Store.TasksOfRunAsync(runId, default)).Single().Timeline.Select(happened => happened.Kind)];

    private async Task<IReadOnlyList<LogLine>> LogAsync(string runId) => (await house.Store.ReadLogAsync(runId, null, 200, default)).Items;
}
