using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Studio.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>Reminders that somebody sends by hand.</summary>
public sealed class RemindingOfATask : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Two_reminders_within_moments_are_one_email_and_both_are_done()
    {
        var run = await AskAsync();

        Assert.Equal(1, await RemindAsync(run));
        harness.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await RemindAsync(run));
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RemindAsync(run));
    }

    [Fact]
    public async Task A_reminder_that_was_confirmed_before_another_one_was_sent_sends_nothing()
    {
        var run = await AskAsync();
        Assert.Equal(1, await RemindAsync(run));
        harness.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.IsType<Verdict.Done>(await harness.Tasks.RemindAsync(await harness.TaskOfAsync(run), new Caller(null), 0, default));
        await harness.SettleAsync();

        Assert.Single((await harness.TaskOfAsync(run)).History.Timeline, happened => happened.Kind == TaskEventKind.Reminded);
    }

    [Fact]
    public async Task A_new_assignee_can_be_reminded_at_once()
    {
        var run = await AskAsync();
        Assert.Equal(1, await RemindAsync(run));

        await harness.Tasks.ReassignAsync(await harness.TaskOfAsync(run), null, "bob@example.com", new Caller(null), default);
        await harness.SettleAsync();

        Assert.Equal(1, await RemindAsync(run));
        Assert.Equal("bob@example.com", harness.Mail.Sent[^1].Email.To.Single());
    }

    [Fact]
    public async Task The_eleventh_reminder_of_an_hour_is_refused_with_the_time_to_wait()
    {
        var run = await AskAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(1, await RemindAsync(run));
            harness.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var refused = Assert.IsType<Verdict.TooManyReminders>(await harness.Tasks.RemindAsync(await harness.TaskOfAsync(run), new Caller(null), default));
        Assert.Equal(TimeSpan.FromMinutes(50), refused.After);
    }

    [Fact]
    public async Task The_page_says_that_nothing_was_sent_where_email_is_not_set_up()
    {
        var task = (await harness.TaskOfAsync(await AskAsync())).Changed(harness.Time.GetUtcNow(), TaskEventKind.Reassigned, detail: "bob@example.com");

        Assert.StartsWith("No reminder was sent", TaskSaying.Of("reminded", task, new NoEmail())!.Text, StringComparison.Ordinal);
        Assert.Contains("No email was sent, because email is not set up.", TaskSaying.Of("reassigned", task, new NoEmail())!.Text, StringComparison.Ordinal);
        Assert.Contains("emailing a link", TaskSaying.Of("reassigned", task, harness.Mail)!.Text, StringComparison.Ordinal);
    }

    private async Task<Core.Runs.Run> AskAsync()
    {
        await harness.SaveAsync("ask", """[{ "type": "humanTask", "name": "ask", "title": "t", "assignee": "ann@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }]""");
        return await harness.StartAsync("ask");
    }

    /// <summary>Reminds, and returns the number of emails that were sent.</summary>
    private async Task<int> RemindAsync(Core.Runs.Run run)
    {
        var before = harness.Mail.Sent.Count;
        Assert.IsType<Verdict.Done>(await harness.Tasks.RemindAsync(await harness.TaskOfAsync(run), new Caller(null), default));
        await harness.SettleAsync();
        return harness.Mail.Sent.Count - before;
    }

    private sealed class NoEmail : IEmailSender
    {
        public bool Delivers => false;

        public Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
