using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>What is planned for a person is sent, or withdrawn for a reason that the task's history gives.</summary>
public sealed class ForgettingNobody : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_candidate_who_was_not_mailed_before_another_claimed_is_told_when_the_task_is_released()
    {
        await SaveAsync("""
            "candidates": ["ann@example.com", "bob@example.com", "cleo@example.com"],
            """);
        harness.Mail.Refuses = new EffectFailedException("Later.");
        var run = await harness.StartAsync("ask");
        var task = await harness.TaskOfAsync(run);
        Assert.IsType<Verdict.Done>(await harness.Tasks.ClaimAsync(TaskView.Of(task, 1)!, default));
        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["ann@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()));
        Assert.Equal(
            ["bob@example.com: claimed by ann@example.com", "cleo@example.com: claimed by ann@example.com"],
            (await WithdrawnAsync(run)).Order(StringComparer.Ordinal));

        task = await harness.TaskOfAsync(run);
        Assert.IsType<Verdict.Done>(await harness.Tasks.ReleaseAsync(TaskView.Of(task, 1)!, "ann@example.com", default));
        await harness.SettleAsync();

        Assert.Equal(
            ["ann@example.com", "bob@example.com", "cleo@example.com"],
            harness.Mail.Sent.Select(mail => mail.Email.To.Single()).Order(StringComparer.Ordinal));
        Assert.Contains(
            (await harness.Store.ReadLogAsync(run.Id, null, 200, default)).Items, line => line.Event == RunEvent.TaskReleased);
    }

    [Fact]
    public async Task Who_is_informed_hears_of_it_even_when_the_default_response_comes_first()
    {
        await SaveAsync("""
            "assignee": "kim@example.com", "dueInHours": 1, "expiresInHours": 2,
            "escalate": { "afterHours": 0.99, "inform": ["head@example.com"] },
            "default": { "values": { "note": "none" } },
            """);
        var run = await harness.StartAsync("ask");
        harness.Mail.Refuses = new EffectFailedException("Later.");
        await harness.WaitAsync(TimeSpan.FromHours(1.995));
        await harness.WaitAsync(TimeSpan.FromHours(0.01));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);

        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Contains(harness.Mail.Sent, mail => mail.Email.To.Single() == "head@example.com");
    }

    [Fact]
    public async Task An_answer_before_the_email_withdraws_it_with_a_reason()
    {
        await SaveAsync("""
            "assignee": "kim@example.com",
            """);
        harness.Mail.Refuses = new EffectFailedException("Later.");
        var run = await harness.StartAsync("ask");

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "x" }""");
        await harness.SettleAsync();

        Assert.Equal(["kim@example.com: the task is completed"], await WithdrawnAsync(run));
    }

    [Fact]
    public async Task Who_was_to_be_told_before_a_task_was_reassigned_is_named_in_its_history()
    {
        await SaveAsync("""
            "assignee": "kim@example.com",
            """);
        harness.Mail.Refuses = new EffectFailedException("Later.");
        var run = await harness.StartAsync("ask");

        await harness.Tasks.ReassignAsync(await harness.TaskOfAsync(run), "lee@example.com", "Ed", default);
        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["kim@example.com: reassigned"], await WithdrawnAsync(run));
        Assert.Equal(["lee@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()));
    }

    [Fact]
    public async Task A_notice_is_tried_for_a_day_with_growing_pauses_and_goes_out_within_a_minute_of_the_server_s_return()
    {
        await SaveAsync("""
            "assignee": "kim@example.com", "expiresInHours": 700,
            """);
        harness.Mail.Refuses = new EffectFailedException("Later.");
        var run = await harness.StartAsync("ask");
        for (var minutes = 0; minutes < 23 * 60; minutes += 10)
        {
            await harness.WaitAsync(TimeSpan.FromMinutes(10));
        }

        Assert.NotEmpty(((RunState.Paused)(await harness.FindAsync(run.Id)).State).Plan);
        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Single(harness.Mail.Sent);
        Assert.Single(
            (await harness.Store.ReadLogAsync(run.Id, null, 200, default)).Items, line => line.Event == RunEvent.RetryScheduled);
    }

    private Task SaveAsync(string more) => harness.SaveAsync("ask", $$"""
        [{ "type": "humanTask", "name": "ask", "title": "Look at it", {{more}}
           "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
        """);

    private async Task<IReadOnlyList<string>> WithdrawnAsync(Run run) =>
        [.. (await harness.TaskOfAsync(run)).History.Timeline.Where(happened => happened.Kind == TaskEventKind.MailWithdrawn).Select(happened => happened.Detail!)];
}
