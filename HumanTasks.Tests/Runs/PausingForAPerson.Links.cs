using HumanTasks.Core.Links;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed partial class PausingForAPerson
{
    [Fact]
    public async Task A_link_opened_too_early_is_not_ready_and_counts_from_the_pause()
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("later", $"[{Actions.Assign()}, {Actions.Ask()}]");
        var run = await harness.StartAsync("later");
        var claim = new LinkClaim(run.Id, "ask", 0);

        Assert.IsType<Verdict.NotReady>(await harness.Tasks.OpenAsync(claim, default));
        harness.Time.Advance(TimeSpan.FromHours(5));
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "go on" }""");
        await harness.SettleAsync();

        var open = Assert.IsType<Verdict.Open>(await harness.Tasks.OpenAsync(claim, default));
        Assert.Equal(harness.Time.GetUtcNow().AddHours(1), open.View.Schedule.ExpiresAt);
    }

    [Fact]
    public async Task A_link_that_its_run_never_reaches_has_expired()
    {
        await harness.SaveAsync("never", $$"""[{ "type": "end" }, {{Actions.Ask()}}]""");
        var run = await harness.StartAsync("never");

        Assert.IsType<Verdict.Expired>(await harness.Tasks.OpenAsync(new LinkClaim(run.Id, "ask", 0), default));
    }

    [Fact]
    public async Task An_earlier_mail_delivers_the_link_and_nothing_stores_it()
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("mails", $$"""
            [{ "type": "email", "to": "a@example.com", "subject": "s", "body": "Decide: {{"{{link}}"}}" }, {{Actions.Ask()}}]
            """);

        var run = await harness.StartAsync("mails");

        var link = harness.Runs.LinksOf(run, (await harness.Catalog.FindAsync(EngineHarness.EnvironmentId, "mails", null, default))!)["link"];
        Assert.Equal($"Decide: {link}", Assert.Single(harness.Mail.Sent).Email.Markdown);
        Assert.Equal(new LinkClaim(run.Id, "ask", 0), harness.Tokens.Verify(link.Split('/')[^1]));
        Assert.False(run.Context.ContainsKey("link"));
    }

    [Fact]
    public async Task Issuing_the_link_again_kills_the_older_ones()
    {
        var (run, task) = await PausedAsync();

        var reissued = Assert.IsType<Verdict.Done>(await harness.Tasks.ReissueLinkAsync(task, null, default)).Task;

        Assert.IsType<Verdict.Expired>(await harness.Tasks.OpenAsync(new LinkClaim(run.Id, "ask", 0), default));
        Assert.IsType<Verdict.Open>(await harness.Tasks.OpenAsync(new LinkClaim(run.Id, "ask", reissued.Generation), default));
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "by the old link" }"""));
    }

    [Fact]
    public async Task A_clock_set_back_opens_nothing_and_moves_no_time_back()
    {
        var (run, task) = await PausedAsync();
        await harness.WaitAsync(TimeSpan.FromHours(1));
        harness.Time.SetUtcNow(harness.Time.GetUtcNow().AddDays(-1));

        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "again" }"""));
        await harness.AdvanceAsync(run.Id, Signal.Continue);
        Assert.IsType<RunState.Expired>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_clock_set_back_while_paused_keeps_the_records_in_order()
    {
        var (run, task) = await PausedAsync();
        harness.Time.SetUtcNow(harness.Time.GetUtcNow().AddDays(-1));

        await AcceptAsync(task, "yes");
        await harness.SettleAsync();

        var after = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(after.State);
        Assert.True(after.UpdatedAt >= run.UpdatedAt);
    }
}
