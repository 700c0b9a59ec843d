using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed partial class AskingSeveral
{
    [Fact]
    public async Task A_candidate_takes_the_task_gives_it_back_and_only_who_has_it_answers()
    {
        var run = await AskAsync("""
            "candidates": ["ann@example.com", "bob@example.com"],
            """);
        var task = await harness.TaskOfAsync(run);

        Assert.IsType<Verdict.Done>(await harness.Tasks.ClaimAsync(TaskView.Of(task, 1)!, default));
        Assert.IsType<Verdict.Done>(await harness.Tasks.ClaimAsync(TaskView.Of(await harness.TaskOfAsync(run), 1)!, default));
        Assert.Equal("ann@example.com", (await harness.TaskOfAsync(run)).Assignee);
        Assert.Equal("ann@example.com", Assert.IsType<Verdict.Claimed>(await AnswerAsync(run, "bob@example.com", "mine")).By);
        Assert.IsType<Verdict.Claimed>(await harness.Tasks.ClaimAsync(TaskView.Of(await harness.TaskOfAsync(run), 2)!, default));

        Assert.IsType<Verdict.Done>(await harness.Tasks.ReleaseAsync(TaskView.Of(await harness.TaskOfAsync(run), 1)!, "ann@example.com", default));
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, "bob@example.com", "mine"));

        Assert.Equal("bob@example.com", (string?)(await OutcomeAsync(run))["by"]);
        Assert.Equal(
            [TaskEventKind.Claimed, TaskEventKind.Released, TaskEventKind.Answered],
            (await harness.TaskOfAsync(run)).History.Timeline.Select(happened => happened.Kind)
                .Where(kind => kind is not (TaskEventKind.Created or TaskEventKind.Mailed or TaskEventKind.MailWithdrawn)));
    }

    [Fact]
    public async Task Claim_release_new_link_and_cancellation_stand_in_the_log_with_who_did_them()
    {
        var run = await AskAsync("""
            "candidates": ["ann@example.com", "bob@example.com"],
            """);
        await harness.Tasks.ClaimAsync(TaskView.Of(await harness.TaskOfAsync(run), 1)!, default);
        await harness.Tasks.ReleaseAsync(await harness.TaskOfAsync(run), "boss@example.com", default);
        await harness.Tasks.ReissueLinkAsync(TaskView.Of(await harness.TaskOfAsync(run), 2)!, "clerk", default);
        await harness.Tasks.CancelAsync(await harness.TaskOfAsync(run), "Enough", "boss@example.com", default);

        var log = (await harness.Store.ReadLogAsync(run.Id, null, 200, default)).Items;
        Assert.Equal(
            [
                (RunEvent.TaskClaimed, "ann@example.com", "ann@example.com"),
                (RunEvent.TaskReleased, "ann@example.com, bob@example.com", "boss@example.com"),
                (RunEvent.TaskReminded, "New link: bob@example.com", "clerk"),
                (RunEvent.TaskCancelled, "Enough", "boss@example.com"),
            ],
            log.Where(line => line.By is not null && line.Event is not RunEvent.Started).Select(line => (line.Event, line.Detail, line.By)));
        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
        await harness.SettleAsync();
        Assert.IsType<TaskState.Cancelled>((await harness.TaskOfAsync(run)).State);
    }

    [Fact]
    public async Task Of_two_candidates_who_take_it_at_once_one_has_it()
    {
        var run = await AskAsync("""
            "candidates": ["ann@example.com", "bob@example.com"],
            """);
        var task = await harness.TaskOfAsync(run);

        var both = await Task.WhenAll(harness.Tasks.ClaimAsync(TaskView.Of(task, 1)!, default), harness.Tasks.ClaimAsync(TaskView.Of(task, 2)!, default));

        Assert.Single(both.OfType<Verdict.Done>());
        Assert.Single(both.OfType<Verdict.Claimed>());
    }

    [Fact]
    public async Task An_assignee_hands_on_only_to_whom_the_action_allows_with_a_note()
    {
        var run = await AskAsync("""
            "assignee": "ann@example.com", "delegateTo": ["@example.com"],
            """);
        var task = await harness.TaskOfAsync(run);

        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.DelegateAsync(task, "x@evil.example", null, "ann@example.com", default));
        Assert.IsType<Verdict.Done>(await harness.Tasks.DelegateAsync(task, "Bob@Example.com", "You know him.", "ann@example.com", default));
        await harness.SettleAsync();

        var happened = (await harness.TaskOfAsync(run)).History.Timeline.Single(one => one.Kind == TaskEventKind.Delegated);
        Assert.Equal(("ann@example.com", "bob@example.com: You know him."), (happened.By, happened.Detail));
        Assert.Equal("bob@example.com", harness.Mail.Sent[^1].Email.To.Single());
        Assert.Contains("You know him.", harness.Mail.Sent[^1].Email.Text, StringComparison.Ordinal);
    }
}
