using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>What is beyond the emails that one address gets in an hour waits, and none of it is dropped. The limit is three here.</summary>
public sealed class FloodsOfMail : IDisposable
{
    private readonly EngineHarness harness = new(emailsPerHour: 3);

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Notices_beyond_the_limit_come_as_one_list_when_there_is_room()
    {
        var runs = await AskAsync(7);
        Assert.Equal(3, harness.Mail.Sent.Count);
        var last = await harness.TaskOfAsync(runs[6]);
        Assert.Contains(last.History.Timeline, happened => happened is { Kind: TaskEventKind.Mailed, Detail: "ann@example.com: with the next list" });

        await harness.NoticeLists.SendAsync(default);
        Assert.Equal(3, harness.Mail.Sent.Count);
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.NoticeLists.SendAsync(default);
        await harness.NoticeLists.SendAsync(default);

        Assert.Equal(4, harness.Mail.Sent.Count);
        var list = harness.Mail.Sent[3].Email;
        Assert.Equal("ann@example.com", list.To.Single());
        Assert.Equal("Tasks in one email: 4", list.Subject);
        for (var i = 0; i < runs.Count; i++)
        {
            var link = $"/task/{harness.Tokens.Sign(new LinkClaim(runs[i].Id, "ask", 0))}";
            Assert.Equal(i >= 3, list.Text!.Contains(link, StringComparison.Ordinal));
            Assert.Equal(i >= 3, list.Markdown.Contains(link, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Look", list.Subject, StringComparison.Ordinal);
        Assert.Contains("Look at 4", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_is_told_at_once_and_so_is_whoever_asked_for_a_fresh_link()
    {
        var runs = await AskAsync(4);
        await AskAsync(1, "bob@example.com");
        Assert.Equal(["ann@example.com", "ann@example.com", "ann@example.com", "bob@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()));

        await harness.Tasks.RenewLinkAsync(await harness.TaskOfAsync(runs[0]), default);
        await harness.SettleAsync();

        Assert.Equal("ann@example.com", harness.Mail.Sent[^1].Email.To.Single());
        Assert.Equal(5, harness.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_list_leaves_out_what_was_answered_meanwhile_and_an_empty_one_is_not_sent()
    {
        var runs = await AskAsync(5);
        await harness.SubmitAsync(await harness.TaskOfAsync(runs[3]), """{ "note": "x" }""");
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.NoticeLists.SendAsync(default);
        Assert.Equal("Tasks in one email: 1", harness.Mail.Sent[3].Email.Subject);

        runs = await AskAsync(3);
        await harness.SubmitAsync(await harness.TaskOfAsync(runs[2]), """{ "note": "x" }""");
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.NoticeLists.SendAsync(default);
        Assert.Equal(6, harness.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_list_names_a_task_once_however_often_somebody_was_to_be_reminded_of_it()
    {
        var runs = await AskAsync(4);
        await harness.Tasks.RemindAsync(await harness.TaskOfAsync(runs[3]), new Caller(null), default);
        await harness.SettleAsync();
        Assert.Equal(3, harness.Mail.Sent.Count);
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.NoticeLists.SendAsync(default);

        Assert.Equal("Tasks in one email: 1", harness.Mail.Sent[3].Email.Subject);
        Assert.Contains("This task is still waiting for your response.", harness.Mail.Sent[3].Email.Text, StringComparison.Ordinal);
        await harness.NoticeLists.SendAsync(default);
        Assert.Equal(4, harness.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_list_that_is_not_sent_is_sent_again_under_the_same_key()
    {
        await AskAsync(5);
        harness.Time.Advance(TimeSpan.FromHours(1));
        harness.Mail.Refuses = new EffectFailedException("Not now.");
        await harness.NoticeLists.SendAsync(default);
        harness.Mail.Refuses = null;
        await harness.NoticeLists.SendAsync(default);

        Assert.Equal("Tasks in one email: 2", harness.Mail.Sent[^1].Email.Subject);
        Assert.StartsWith("list-", harness.Mail.Sent[^1].Key, StringComparison.Ordinal);
        Assert.Equal(4, harness.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_refused_list_is_noted_on_its_tasks()
    {
        var runs = await AskAsync(4);
        harness.Time.Advance(TimeSpan.FromHours(1));
        harness.Mail.Refuses = new EffectFailedException("No such mailbox.") { MayPass = false };
        await harness.NoticeLists.SendAsync(default);

        var events = await new TaskJournal(harness.Documents, harness.Time).TimelineAsync(await harness.TaskOfAsync(runs[3]), default);
        Assert.Contains(events, happened => happened.Kind == TaskEventKind.MailFailed);
    }

    [Fact]
    public async Task An_email_action_is_sent_as_its_author_wrote_it_however_many_there_are()
    {
        await AskAsync(3);
        await harness.SaveAsync("tell", """[{ "type": "email", "name": "tell", "to": "{{who}}", "subject": "S", "body": "B" }]""");

        var run = await harness.StartAsync("tell", """{ "who": "ANN@example.com" }""");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("S", harness.Mail.Sent[3].Email.Subject);
    }

    [Fact]
    public async Task Attempts_that_fail_take_no_room()
    {
        harness.Mail.Refuses = new EffectFailedException("Not now.");
        await AskAsync(1);
        for (var i = 0; i < 10; i++)
        {
            await harness.WaitAsync(TimeSpan.FromSeconds(31));
        }

        harness.Mail.Refuses = null;
        await harness.WaitAsync(TimeSpan.FromSeconds(31));
        await AskAsync(2);

        Assert.Equal(3, harness.Mail.Sent.Count);
    }

    [Fact]
    public void The_room_of_an_hour_is_counted_for_each_person_however_their_address_is_written()
    {
        var time = new ManualTime();
        var allowance = new MailAllowance(2, time);

        Assert.Null(allowance.Take("ann@example.com"));
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(allowance.Take("Ann@Example.com", "ANN@example.com"));
        Assert.Equal(time.GetUtcNow().AddMinutes(40), allowance.Take("bob@example.com", " ann@example.com"));
        Assert.Null(allowance.Take("bob@example.com"));
        Assert.Null(allowance.Take("bob@example.com"));
        time.Advance(TimeSpan.FromMinutes(40));
        Assert.Null(allowance.Take("ann@example.com"));
        Assert.NotNull(allowance.Take("ann@example.com"));
    }

    private async Task<IReadOnlyList<Run>> AskAsync(int count, string who = "ann@example.com")
    {
        await harness.SaveAsync("ask", """
            [{ "type": "humanTask", "name": "ask", "assignee": "{{who}}", "title": "Look at {{number}}",
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        List<Run> runs = [];
        for (var i = 0; i < count; i++)
        {
            runs.Add(await harness.StartAsync("ask", $$"""{ "who": "{{who}}", "number": {{i}} }"""));
        }

        return runs;
    }
}
