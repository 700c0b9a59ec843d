using System.Net;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>An effect that happened is recorded, whatever else happened to its run or its task meanwhile.</summary>
public sealed class RecordingWhatWasSent : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_task_that_changes_while_its_email_is_sent_is_mailed_once()
    {
        await SaveAsync();
        harness.Mail.WhileSending = async () => await ReissueAsync();

        var run = await harness.StartAsync("ask");

        Assert.Single(harness.Mail.Sent);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.LinkReissued, TaskEventKind.Mailed], await KindsAsync(run.Id));
    }

    [Fact]
    public async Task A_task_that_is_answered_while_its_email_is_sent_says_that_it_was_mailed()
    {
        await SaveAsync();
        harness.Mail.WhileSending = async () => await harness.SubmitAsync(await TaskAsync(), """{ "note": "quick" }""");

        var run = await harness.StartAsync("ask");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Single(harness.Mail.Sent);
        Assert.Contains(TaskEventKind.Mailed, await KindsAsync(run.Id));
        Assert.Contains(await LogAsync(run.Id), line => line.Event == RunEvent.EmailSent);
    }

    [Fact]
    public async Task A_call_that_was_made_while_its_run_was_cancelled_stands_in_the_log()
    {
        await harness.SaveAsync("call", """[{ "type": "http", "name": "pay", "method": "POST", "url": "https://pay.example/" }]""");
        harness.World.Answer = _ =>
        {
            var runId = harness.Store.ListRunsAsync(new(EngineHarness.EnvironmentId, 10), default).GetAwaiter().GetResult().Items.Single().Id;
            harness.Runs.CancelAsync(EngineHarness.EnvironmentId, runId, "Stop", null, default).GetAwaiter().GetResult();
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        var run = await harness.StartAsync("call");

        Assert.IsType<RunState.Cancelled>(run.State);
        Assert.Single(harness.World.Calls);
        Assert.Contains(await LogAsync(run.Id), line => line is { Event: RunEvent.HttpCalled, Action: "pay", Detail: "POST returned 200" });
    }

    [Fact]
    public async Task A_commit_that_fails_after_the_email_does_not_send_it_again()
    {
        await harness.SaveAsync("tell", """[{ "type": "email", "to": "a@example.com", "subject": "s", "body": "b" }]""");
        harness.Mail.WhileSending = () =>
        {
            harness.WhileCommitting = () => throw new Core.Ports.StorageUnavailableException("The disk is full.");
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<Core.Ports.StorageUnavailableException>(() => harness.StartAsync("tell"));

        var run = (await harness.Store.ListRunsAsync(new(EngineHarness.EnvironmentId, 10), default)).Items.Single();
        await harness.AdvanceAsync(run.Id, Signal.Continue);

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.Single(harness.Mail.Sent);
    }

    private async Task ReissueAsync() =>
        Assert.IsType<Verdict.Done>(await harness.Tasks.ReissueLinkAsync(await TaskAsync(), "Ed", default));

    private async Task<HumanTask> TaskAsync()
    {
        var run = (await harness.Store.ListRunsAsync(new(EngineHarness.EnvironmentId, 10), default)).Items.Single();
        return await harness.TaskOfAsync(run);
    }

    private Task SaveAsync() => harness.SaveAsync("ask", """
        [{ "type": "humanTask", "name": "ask", "assignee": "kim@example.com", "title": "Look at it",
           "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
        """);

    private async Task<TaskEventKind[]> KindsAsync(string runId) =>
        [.. (await harness.Store.TasksOfRunAsync(runId, default)).Single().History.Timeline.Select(happened => happened.Kind)];

    private async Task<IReadOnlyList<LogLine>> LogAsync(string runId) => (await harness.Store.ReadLogAsync(runId, null, 200, default)).Items;
}
