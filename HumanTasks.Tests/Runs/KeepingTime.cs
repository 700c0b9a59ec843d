using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>Reminders, escalations and what silence means: data of a run with one next wake-up. The clock stands at a Sunday, 12:00 UTC.</summary>
public sealed class KeepingTime : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task People_are_reminded_before_the_due_date_each_time_once()
    {
        var run = await AskAsync("""
            "dueInHours": 48, "remind": [24, 2, 100],
            """);
        Assert.Equal(harness.Time.GetUtcNow().AddHours(24), ((RunState.Paused)run.State).WakeAt);

        Assert.Equal(0, await MailsAfterAsync(23.9));
        Assert.Equal(1, await MailsAfterAsync(0.1));
        Assert.Equal(0, await MailsAfterAsync(21.9));
        Assert.Equal(1, await MailsAfterAsync(0.1));
        Assert.Equal(0, await MailsAfterAsync(500));
        Assert.Equal(2, (await harness.TaskOfAsync(run)).History.Timeline.Count(happened => happened.Kind == TaskEventKind.Reminded));
    }

    [Fact]
    public async Task People_are_reminded_again_and_again_until_they_answer()
    {
        var run = await AskAsync("""
            "remind": { "everyHours": 4 },
            """);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(0, await MailsAfterAsync(3.9));
            Assert.Equal(1, await MailsAfterAsync(0.1));
        }

        Assert.Equal(1, await MailsAfterAsync(30)); // a process that slept reminds once
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "x" }""");
        Assert.Equal(0, await MailsAfterAsync(30));
        Assert.Equal(harness.Mail.Sent.Count, harness.Mail.Sent.Select(mail => mail.Key).Distinct().Count());
    }

    [Fact]
    public async Task Of_several_only_those_are_reminded_who_have_not_answered()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": "all", "dueInHours": 10, "remind": [5],
            """, assignee: null);
        await harness.Tasks.AcceptAsync(await harness.TaskOfAsync(run), [], new Submission { By = "ann@example.com", MaxFileBytes = 1 }, default);

        await harness.WaitAsync(TimeSpan.FromHours(5));

        Assert.Equal(["ann@example.com", "bob@example.com", "bob@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()));
    }

    [Fact]
    public async Task An_overdue_task_is_handed_on_and_who_is_to_know_is_told_without_a_link()
    {
        var run = await AskAsync("""
            "dueInHours": 8, "escalate": { "afterHours": 2, "to": "{{boss}}", "inform": ["head@example.com"] },
            """, """{ "boss": "Boss@Example.com" }""");
        Assert.Equal(0, await MailsAfterAsync(9.9));
        var before = await harness.TaskOfAsync(run);

        Assert.Equal(3, await MailsAfterAsync(0.1));

        var task = await harness.TaskOfAsync(run);
        Assert.Equal(("boss@example.com", before.Generation + 1), (task.Assignee, task.Generation));
        Assert.Equal(["boss@example.com", "head@example.com", "kim@example.com"], harness.Mail.Sent[1..].Select(mail => mail.Email.To.Single()).Order());
        Assert.All(harness.Mail.Sent[1..], mail => Assert.Equal(
            mail.Email.To.Single() == "boss@example.com", mail.Email.Text!.Contains("/task/", StringComparison.Ordinal)));
        Assert.Contains(task.History.Timeline, happened => happened is { Kind: TaskEventKind.Escalated, Detail: "boss@example.com" });
    }

    [Fact]
    public async Task An_escalation_has_levels_and_asks_somebody_besides_where_several_are_asked()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": 2, "dueInHours": 1,
            "escalate": [{ "afterHours": 1, "inform": "lead@example.com" }, { "afterHours": 3, "to": "boss@example.com" }],
            """, assignee: null);
        Assert.Equal(1, await MailsAfterAsync(2));
        Assert.Equal("ann@example.com, bob@example.com", (await harness.TaskOfAsync(run)).Assignee);

        Assert.Equal(1, await MailsAfterAsync(2));

        foreach (var by in (string[])["boss@example.com", "bob@example.com"])
        {
            Assert.IsType<Verdict.Accepted>(await harness.Tasks.AcceptAsync(
                await harness.TaskOfAsync(run), [], new Submission { By = by, MaxFileBytes = 1 }, default));
        }

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Times_count_in_working_hours_where_there_are_some()
    {
        var run = await AskAsync("""
            "dueInHours": 10, "expiresInHours": 20, "remind": [1],
            "workingHours": { "days": ["mon", "tuesday", "wed", "thu", "fri"], "from": "09:00", "to": "17:00",
                              "timeZone": "Europe/Berlin", "holidays": ["2026-11-24"] },
            """);
        var task = await harness.TaskOfAsync(run);

        // Monday has 8 hours, Tuesday is a holiday, Wednesday from 9 to 11 in Berlin
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero), task.Schedule.DueAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero), task.Schedule.ExpiresAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero), ((RunState.Paused)run.State).WakeAt);
    }

    [Fact]
    public async Task What_counts_in_working_hours_can_be_chosen_for_each()
    {
        var run = await AskAsync("""
            "dueInHours": 10, "expiresInHours": 20,
            "workingHours": { "from": "09:00", "to": "17:00", "timeZone": "UTC", "counts": ["due"] },
            """);
        var task = await harness.TaskOfAsync(run);

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero), task.Schedule.DueAt);
        Assert.Equal(task.History.CreatedAt.AddHours(20), task.Schedule.ExpiresAt);
    }

    [Theory]
    [InlineData("""{ "outcome": "completed", "values": { "note": "approved by silence {{n}}" } }""", "completed", "approved by silence 7")]
    [InlineData("""{ "outcome": "rejected", "reason": "Nobody said yes." }""", "rejected", null)]
    public async Task Silence_counts_as_what_the_action_says_and_is_told_as_silence(string silence, string outcome, string? note)
    {
        var run = await AskAsync($$"""
            "expiresInHours": 5, "allowReject": true, "default": {{silence}},
            """, """{ "n": 7 }""");

        await harness.WaitAsync(TimeSpan.FromHours(5));

        var done = await harness.FindAsync(run.Id);
        var saved = done.Context["ask"]!;
        Assert.IsType<RunState.Completed>(done.State);
        Assert.Equal((outcome, true, null, note), ((string?)saved["outcome"], (bool)saved["defaulted"]!, (string?)saved["by"], (string?)saved["values"]?["note"]));
        var task = await harness.TaskOfAsync(run);
        Assert.True(task.State.IsDefaulted);
        Assert.Equal(TaskEventKind.Defaulted, task.History.Timeline[^1].Kind);
        var response = Assert.Single(await harness.Store.ResponsesOfTaskAsync(task.Id, default));
        Assert.Contains("\"kind\":\"defaulted\"", PayloadOf(response.Receipt!), StringComparison.Ordinal);
        Assert.Contains("\"verified\":null", PayloadOf(response.Receipt!), StringComparison.Ordinal);
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "note": "late" }"""));
    }

    [Fact]
    public async Task An_answer_in_the_last_moment_goes_before_silence()
    {
        var run = await AskAsync("""
            "expiresInHours": 5, "default": { "values": { "note": "silence" } },
            """);
        harness.Time.Advance(TimeSpan.FromHours(5) - TimeSpan.FromSeconds(1));
        harness.Dies = true;
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "in time" }""");
        harness.Dies = false;

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.Equal("in time", (string?)(await harness.FindAsync(run.Id)).Context["ask"]!["values"]!["note"]);
        Assert.Single(await harness.Store.ResponsesOfTaskAsync((await harness.TaskOfAsync(run)).Id, default));
    }

    [Fact]
    public async Task Silence_of_some_of_several_stands_beside_what_others_said()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": "all", "expiresInHours": 5,
            "default": { "values": { "note": "silence" } },
            """, assignee: null);
        await harness.Tasks.AcceptAsync(await harness.TaskOfAsync(run), [], new Submission { By = "ann@example.com", MaxFileBytes = 1 }, default);

        await harness.WaitAsync(TimeSpan.FromHours(5));

        var saved = (await harness.FindAsync(run.Id)).Context["ask"]!;
        Assert.Equal(("completed", true, 1), ((string?)saved["outcome"], (bool)saved["defaulted"]!, saved["answers"]!.AsArray().Count));
    }

    [Fact]
    public async Task Whoever_asked_for_the_outcome_is_told_it_when_it_is_there()
    {
        var answered = await AskAsync("""
            "notifyOutcome": ["req@example.com"], "allowReject": true,
            """);
        harness.Mail.Sent.Clear();
        await harness.SubmitAsync(await harness.TaskOfAsync(answered), """{ "note": "x" }""");
        await harness.SettleAsync();
        Assert.Equal("req@example.com", Assert.Single(harness.Mail.Sent).Email.To.Single());

        var silent = await AskAsync("""
            "notifyOutcome": "{{req}}", "expiresInHours": 1, "default": { "values": { "note": "x" } },
            """, """{ "req": "req@example.com" }""");
        harness.Mail.Sent.Clear();
        await harness.WaitAsync(TimeSpan.FromHours(1));
        Assert.Equal(["kim@example.com", "req@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()).Order());
        Assert.Contains("No response before the deadline", harness.Mail.Sent.Single(mail => mail.Email.To.Contains("req@example.com")).Email.Text, StringComparison.Ordinal);
        Assert.Equal(silent.CorrelationId, harness.Mail.Sent[^1].Email.CorrelationId);
    }

    [Fact]
    public async Task The_end_of_a_task_that_nobody_answered_is_told_to_those_who_were_asked()
    {
        await AskAsync("""
            "expiresInHours": 1,
            """);
        harness.Mail.Sent.Clear();

        await harness.WaitAsync(TimeSpan.FromHours(1));

        var mail = Assert.Single(harness.Mail.Sent).Email;
        Assert.Equal("kim@example.com", mail.To.Single());
        Assert.DoesNotContain("/task/", mail.Text!.Replace("/fresh-link", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<Run> AskAsync(string more, string context = "{}", string? assignee = "kim@example.com")
    {
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", {{(assignee is null ? "" : $"\"assignee\": \"{assignee}\",")}} {{more}} "title": "Look at it",
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        return await harness.StartAsync("ask", context);
    }

    private async Task<int> MailsAfterAsync(double hours)
    {
        var before = harness.Mail.Sent.Count;
        await harness.WaitAsync(TimeSpan.FromHours(hours));
        return harness.Mail.Sent.Count - before;
    }

    private static string PayloadOf(string jws) =>
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(jws.Split('.')[1]));
}
