using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>The mails to an assignee: data of the run, sent by its turns, and nothing that a task depends on.</summary>
public sealed class TellingAnAssignee : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task A_task_is_there_before_its_mail_and_the_mail_is_sent_once()
    {
        await SaveAsync();
        var started = await harness.TryStartAsync("ask");
        var run = ((Core.Engine.StartVerdict.Started)started).Run;

        Assert.IsType<RunState.Paused>(run.State);
        Assert.Empty(harness.Mail.Sent);
        harness.LoseSignals();
        await harness.WaitAsync(TimeSpan.Zero);
        await harness.AdvanceAsync(run.Id, Signal.Continue);

        var (mail, key) = Assert.Single(harness.Mail.Sent);
        Assert.Equal(["kim@example.com"], mail.To);
        Assert.Equal("Test", mail.FromName);
        Assert.Equal($"{run.Id}-ask-notice-1", key);
        Assert.Contains("https://tasks.example/task/", mail.Text, StringComparison.Ordinal);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.Mailed], await KindsAsync(run));
    }

    [Fact]
    public async Task A_title_cannot_become_markup_or_another_header_of_the_mail()
    {
        await SaveAsync(title: "{{t}}");
        await harness.StartAsync("ask", """{ "t": "[click](https://evil.example)\r\nBcc: x@evil.example <b>" }""");

        var mail = harness.Mail.Sent.Single().Email;

        Assert.DoesNotContain('\n', mail.Subject);
        Assert.DoesNotContain("[click](", mail.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", mail.Markdown.Replace("\\<b\\>", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_fails_is_tried_again_with_the_same_key_while_the_task_can_be_answered()
    {
        await SaveAsync();
        harness.Mail.Refuses = new EffectFailedException("No answer.");
        var run = await harness.StartAsync("ask");
        Assert.Equal(1, Assert.Single(((RunState.Paused)run.State).Plan).Attempts);

        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromSeconds(2));

        Assert.Equal($"{run.Id}-ask-notice-1", harness.Mail.Sent.Single().Key);
        Assert.Empty(((RunState.Paused)(await harness.FindAsync(run.Id)).State).Plan);
        Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "x" }"""));
    }

    [Fact]
    public async Task A_mail_that_never_goes_out_is_told_in_the_timeline_and_fails_nothing()
    {
        await SaveAsync();
        harness.Mail.Refuses = new EffectFailedException("No mail server.") { MayPass = false };

        var run = await harness.StartAsync("ask");

        Assert.IsType<RunState.Paused>(run.State);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.MailFailed], await KindsAsync(run));
        Assert.Empty(((RunState.Paused)run.State).Plan);
    }

    [Fact]
    public async Task An_answer_before_the_mail_needs_none()
    {
        await SaveAsync();
        harness.Mail.Refuses = new EffectFailedException("Later.");
        var run = await harness.StartAsync("ask");

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "x" }""");
        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.Empty(harness.Mail.Sent);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Handing_over_is_one_write_with_the_mail_that_it_makes()
    {
        await SaveAsync();
        var run = await harness.StartAsync("ask");
        var task = await harness.TaskOfAsync(run);

        var verdict = await harness.Tasks.ReassignAsync(task, " Lee@Example.com ", "Ed", default);
        harness.LoseSignals();
        await harness.WaitAsync(TimeSpan.Zero);

        Assert.Equal(("lee@example.com", 1), (Assert.IsType<Verdict.Done>(verdict).Task.Assignee, ((Verdict.Done)verdict).Task.Generation));
        Assert.Equal(["lee@example.com"], harness.Mail.Sent[^1].Email.To);
        Assert.Equal(2, harness.Mail.Sent.Count);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.Mailed, TaskEventKind.Reassigned, TaskEventKind.Mailed], await KindsAsync(run));
    }

    [Fact]
    public async Task A_task_that_expired_is_opened_again_by_a_fresh_link_within_the_run_s_own_time()
    {
        await SaveAsync("""
            "expiresInHours": 700,
            """);
        var run = await harness.StartAsync("ask");
        await harness.WaitAsync(TimeSpan.FromHours(701));
        var expired = await harness.TaskOfAsync(run);
        Assert.IsType<TaskState.Expired>(expired.State);

        var open = Assert.IsType<Verdict.Done>(await harness.Tasks.RenewLinkAsync(expired, default)).Task;
        await harness.SettleAsync();

        Assert.Equal((run.AvailableUntil, 1), (open.Schedule.ExpiresAt, open.Generation));
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
        Assert.StartsWith("Your new link", harness.Mail.Sent[^1].Email.Subject, StringComparison.Ordinal);
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "late but good" }""");
        await harness.SettleAsync();
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_task_that_expires_twice_is_told_of_twice()
    {
        await SaveAsync("""
            "expiresInHours": 1,
            """);
        var run = await harness.StartAsync("ask");
        await harness.WaitAsync(TimeSpan.FromHours(1));
        Assert.IsType<Verdict.Done>(await harness.Tasks.RenewLinkAsync(await harness.TaskOfAsync(run), default));

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.IsType<TaskState.Expired>((await harness.TaskOfAsync(run)).State);
        Assert.Equal(2, harness.Mail.Sent.Count(mail => mail.Email.Subject.StartsWith("A task has expired", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_task_that_was_answered_cancelled_or_whose_run_is_gone_is_not_opened_again()
    {
        await SaveAsync("""
            "expiresInHours": 1,
            """);
        var (answered, cancelled, gone) = (await harness.StartAsync("ask"), await harness.StartAsync("ask"), await harness.StartAsync("ask"));
        await harness.SubmitAsync(await harness.TaskOfAsync(answered), """{ "note": "x" }""");
        await harness.Tasks.CancelAsync(await harness.TaskOfAsync(cancelled), null, new Caller(null), default);
        await harness.WaitAsync(TimeSpan.FromHours(721));

        foreach (var run in (Run[])[answered, cancelled, gone])
        {
            Assert.IsType<Verdict.Expired>(await harness.Tasks.RenewLinkAsync(await harness.TaskOfAsync(run), default));
        }
    }

    [Fact]
    public async Task Nobody_is_mailed_on_the_machine_itself_and_that_is_no_failure()
    {
        await SaveAsync(assignee: "Owner@localhost");

        var run = await harness.StartAsync("ask");

        Assert.Empty(harness.Mail.Sent);
        Assert.Equal([TaskEventKind.Created], await KindsAsync(run));
        Assert.Equal(("owner@localhost", null), ((await harness.TaskOfAsync(run)).Assignee, (await harness.TaskOfAsync(run)).UnsentMail));
    }

    [Fact]
    public void A_run_that_an_older_release_left_waiting_with_its_one_mail_still_sends_it()
    {
        const string Stored = """
            { "status": "paused", "taskId": "t", "until": "2026-12-01T00:00:00Z",
              "notice": { "kind": "Reminder", "number": 3, "at": "2026-11-22T12:00:00Z", "attempts": 1 } }
            """;

        var paused = (RunState.Paused)System.Text.Json.JsonSerializer.Deserialize(Stored, CoreJson.Default.RunState)!;

        Assert.Equal((NoticeKind.Reminder, 3, 1), (paused.Plan.Single().Kind, paused.Plan.Single().Number, paused.Plan.Single().Attempts));
        Assert.Empty(paused.Without(paused.Plan.Single()).Plan);
    }

    [Fact]
    public async Task A_title_stands_in_a_subject_only_where_somebody_asked_for_that()
    {
        await SaveAsync(title: "Fire Kim Lee?");
        await harness.StartAsync("ask");
        await SaveAsync("""
            "titleInSubject": true,
            """, title: "Fire Kim Lee?");
        await harness.StartAsync("ask");

        Assert.DoesNotContain("Kim", harness.Mail.Sent[0].Email.Subject, StringComparison.Ordinal);
        Assert.Contains("Fire Kim Lee?", harness.Mail.Sent[0].Email.Text, StringComparison.Ordinal);
        Assert.Equal("Your response is needed: Fire Kim Lee?", harness.Mail.Sent[1].Email.Subject);
    }

    private Task SaveAsync(string more = "", string title = "Look at it", string assignee = "Kim@Example.com") => harness.SaveAsync("ask", $$"""
        [{ "type": "humanTask", "name": "ask", "assignee": "{{assignee}}", "title": "{{title}}", {{more}}
           "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
        """);

    private async Task<TaskEventKind[]> KindsAsync(Run run) =>
        [.. (await harness.TaskOfAsync(run)).History.Timeline.Select(happened => happened.Kind)];
}
