using HumanTasks.Core.Engine;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Links;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

public sealed class PausingForAPerson : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task The_answer_goes_on_in_the_continuation_under_the_same_correlation_id()
    {
        var (run, task) = await PausedAsync("""{ "kept": 1, "answer": "old" }""");

        var accepted = await AcceptAsync(task, "new");
        await harness.SettleAsync();

        var continuation = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal(accepted.Response.ResumedRunId, continuation.Id);
        Assert.Equal(run.CorrelationId, continuation.CorrelationId);
        Assert.Equal(1, continuation.Context["kept"]!.GetValue<int>());
        Assert.Equal("new", Assert.IsType<RunState.Completed>(continuation.State).Output!.GetValue<string>());
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task The_run_that_goes_on_is_there_when_its_sender_is_told_its_id()
    {
        var (_, task) = await PausedAsync();
        harness.LoseSignals();

        var accepted = await AcceptAsync(task, "yes");

        Assert.NotNull(await harness.Store.FindRunAsync(accepted.Response.ResumedRunId, default));
    }

    [Fact]
    public async Task An_answer_its_turn_and_the_first_turn_of_what_goes_on_are_one_write()
    {
        var (run, task) = await PausedAsync();
        harness.LoseSignals();

        var accepted = await AcceptAsync(task, "yes");

        Assert.Equal(run.Version + 1, (await harness.FindAsync(run.Id)).Version);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        var continuation = await harness.FindAsync(accepted.Response.ResumedRunId);
        Assert.Equal(1, continuation.Version);
        Assert.Equal("yes", Assert.IsType<RunState.Completed>(continuation.State).Output!.GetValue<string>());
    }

    [Fact]
    public async Task An_effect_waits_until_the_answer_is_safe()
    {
        var (_, task) = await PausedAsync();
        await harness.SaveAsync("done", """[{ "type": "email", "name": "tell", "to": "ada@example.com", "subject": "s", "body": "b" }]""");

        var accepted = await AcceptAsync(task, "yes");
        Assert.Empty(harness.Mail.Sent);
        Assert.IsType<RunState.Running>((await harness.FindAsync(accepted.Response.ResumedRunId)).State);

        await harness.SettleAsync();
        Assert.Single(harness.Mail.Sent);
    }

    [Fact]
    public async Task A_fault_in_a_turn_loses_no_answer()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true; // its commit throws

        await AcceptAsync(task, "work of a person");

        Assert.Single(await harness.Store.UnconsumedResponsesAsync(run.Id, default));
        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_thousand_races_of_an_answer_a_turn_and_another_answer_lose_and_double_nothing()
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("twice", $"[{Actions.Ask(maxUses: 2)}]");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (_, stop) =>
        {
            var started = Assert.IsType<StartVerdict.Started>(await harness.TryStartAsync("twice"));
            var (run, task) = (started.Run, started.Task!);
            await Task.WhenAll(
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "one" }""", "one"), stop),
                Task.Run(() => harness.AdvanceAsync(run.Id, Signal.HumanResponse), stop),
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "two" }""", "two"), stop),
                Task.Run(() => harness.SubmitAsync(task, """{ "answer": "one" }""", "one"), stop));
            await harness.AdvanceAsync(run.Id, Signal.HumanResponse);

            var outputs = (await harness.ContinuationsAsync(run))
                .Select(next => ((RunState.Completed)next.State).Output!.GetValue<string>());
            Assert.Equal(["one", "two"], outputs.Order());
            Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
            Assert.Equal(2, (await harness.Store.ResponsesOfTaskAsync(task.Id, default)).Count);
        });
    }

    [Fact]
    public async Task A_turn_that_runs_twice_continues_once()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");
        var turn = new Turn(run.Id, run.Version, Signal.HumanResponse);

        await harness.Engine.AdvanceAsync(turn, default);
        await harness.Engine.AdvanceAsync(turn, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task Two_turns_at_once_continue_once()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => harness.AdvanceAsync(run.Id, Signal.HumanResponse))));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_lost_signal_costs_nothing_but_time()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "yes");

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_signal_without_an_answer_changes_nothing()
    {
        var (run, _) = await PausedAsync();

        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        await harness.AdvanceAsync(run.Id, Signal.DeadlinePassed);

        Assert.Equal(run.Version, (await harness.FindAsync(run.Id)).Version);
    }

    [Fact]
    public async Task An_answer_at_the_last_millisecond_is_honoured_whatever_woke_the_run()
    {
        var (run, task) = await PausedAsync();
        harness.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        harness.Dies = true;
        await AcceptAsync(task, "just in time");

        await harness.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task An_answer_at_the_deadline_is_too_late_and_the_run_expires()
    {
        var (run, task) = await PausedAsync();
        harness.Time.Advance(TimeSpan.FromHours(1));

        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
        await harness.WaitAsync(TimeSpan.Zero);

        Assert.IsType<RunState.Expired>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Expired>((await harness.TaskOfAsync(run)).State);
        Assert.Empty(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_link_never_outlives_its_run()
    {
        using var brief = new EngineHarness(retentionHours: 2);
        await brief.SaveAsync("done", Actions.Done);
        await brief.SaveAsync("waits", $"[{Actions.Assign()}, {Actions.Ask(hours: "2")}]");
        var run = await brief.StartAsync("waits");
        brief.Time.Advance(TimeSpan.FromHours(1.5));
        await brief.SubmitAsync(await brief.TaskOfAsync(run), """{ "answer": "go on" }""");
        await brief.SettleAsync();

        var task = (await brief.Store.TasksOfRunAsync(run.Id, default))[1];

        Assert.Equal(run.AvailableUntil, task.Schedule.ExpiresAt);
    }

    [Fact]
    public async Task Two_answers_at_once_on_the_last_use_are_one()
    {
        var (run, task) = await PausedAsync();

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => harness.SubmitAsync(task, $$"""{ "answer": "{{i}}" }"""))));
        await harness.SettleAsync();

        Assert.Single(verdicts.OfType<Verdict.Accepted>());
        Assert.Equal(15, verdicts.OfType<Verdict.UsedUp>().Count());
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task Every_use_continues_and_the_last_one_completes()
    {
        var (run, task) = await PausedAsync(maxUses: 2);

        Assert.Equal(1, (await AcceptAsync(task, "one")).View.UsesLeft);
        await harness.SettleAsync();
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
        await AcceptAsync(await harness.TaskOfAsync(run), "two");
        Assert.IsType<Verdict.UsedUp>(await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "three" }"""));
        await harness.SettleAsync();

        Assert.Equal(2, (await harness.ContinuationsAsync(run)).Count);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_maximum_of_uses_need_not_be_reached()
    {
        var (run, task) = await PausedAsync(maxUses: 3);
        await AcceptAsync(task, "one");
        await harness.SettleAsync();

        await harness.WaitAsync(TimeSpan.FromHours(1));

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
    }

    [Fact]
    public async Task The_same_key_is_the_same_submission()
    {
        var (run, task) = await PausedAsync(maxUses: 5);

        var first = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key"));
        var again = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key"));
        var fresh = await harness.TaskOfAsync(run);
        var later = Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(fresh, """{ "answer": "a" }""", "key"));
        await harness.SettleAsync();

        Assert.False(first.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(first.Response.Id, again.Response.Id);
        Assert.Equal(first.Response.Id, later.Response.Id);
        Assert.Equal(4, later.View.UsesLeft);
        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task The_same_key_is_answered_again_after_the_uses_are_spent()
    {
        var (_, task) = await PausedAsync();
        await harness.SubmitAsync(task, """{ "answer": "a" }""", "key");

        Assert.True(Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "a" }""", "key")).Repeated);
        Assert.IsType<Verdict.KeyReused>(await harness.SubmitAsync(task, """{ "answer": "b" }""", "key"));
    }

    [Fact]
    public async Task Wrong_input_is_refused_and_uses_nothing_up()
    {
        var (run, task) = await PausedAsync();

        var verdict = Assert.IsType<Verdict.InvalidInput>(await harness.SubmitAsync(task, """{ "answer": 7, "other": 1 }"""));

        Assert.Equal(["/values/other", "/values/answer"], verdict.Problems.Select(problem => problem.Pointer));
        Assert.Equal(0, (await harness.TaskOfAsync(run)).Uses);
    }

    [Fact]
    public async Task Cancelling_while_paused_closes_the_task_with_the_run()
    {
        var (run, task) = await PausedAsync();

        Assert.IsType<RunVerdict.Done>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, "not needed", null, default));

        Assert.Equal("not needed", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
        Assert.IsType<TaskState.Cancelled>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<Verdict.Expired>(await harness.SubmitAsync(task, """{ "answer": "late" }"""));
        Assert.IsType<RunVerdict.Over>(await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default));
    }

    [Fact]
    public async Task An_accepted_answer_is_delivered_even_when_the_run_is_cancelled_next()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        await AcceptAsync(task, "work of a person");

        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task An_answer_that_is_accepted_while_its_run_is_being_cancelled_is_delivered()
    {
        var (run, task) = await PausedAsync();
        harness.Dies = true;
        harness.WhileReading = () => AcceptAsync(task, "work of a person");

        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default);
        await harness.SettleAsync();

        Assert.Single(await harness.ContinuationsAsync(run));
        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task The_last_answer_is_delivered_when_it_is_accepted_while_the_one_before_is_taken()
    {
        var (run, task) = await PausedAsync(maxUses: 2);
        harness.Dies = true;
        await AcceptAsync(task, "one");
        harness.WhileReading = async () => await AcceptAsync(await harness.TaskOfAsync(run), "two");

        await harness.AdvanceAsync(run.Id, Signal.HumanResponse);
        await harness.AdvanceAsync(run.Id, Signal.HumanResponse); // the wake-up of the last answer
        await harness.SettleAsync();

        Assert.Equal(2, (await harness.ContinuationsAsync(run)).Count);
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

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

    [Fact]
    public async Task A_human_task_goes_on_in_the_same_run_with_the_answer_in_its_context()
    {
        await harness.SaveAsync("task", $$"""[{{Actions.Assign()}}, { "type": "end", "output": "{{"{{check.outcome}}"}}: {{"{{check.values.answer}}"}}" }]""");
        var run = await harness.StartAsync("task");

        var accepted = await AcceptAsync(await harness.TaskOfAsync(run), "fine");
        await harness.SettleAsync();

        Assert.Equal(run.Id, accepted.Response.ResumedRunId);
        var after = await harness.FindAsync(run.Id);
        Assert.Equal("completed: fine", Assert.IsType<RunState.Completed>(after.State).Output!.GetValue<string>());
        Assert.Empty(await harness.ContinuationsAsync(run));
    }

    [Fact]
    public async Task A_rejection_goes_on_where_the_rule_set_allows_it()
    {
        await harness.SaveAsync("task", $$"""[{{Actions.Assign(""", "allowReject": true""")}}, { "type": "end", "output": "{{"{{check.outcome}}"}}: {{"{{check.reason}}"}}" }]""");
        var run = await harness.StartAsync("task");

        await harness.Tasks.RejectAsync(
            await harness.TaskOfAsync(run), "wrong invoice", new Submission { MaxFileBytes = 1 }, default);
        await harness.SettleAsync();

        Assert.IsType<TaskState.Rejected>((await harness.TaskOfAsync(run)).State);
        var state = (await harness.FindAsync(run.Id)).State;
        Assert.Equal("rejected: wrong invoice", Assert.IsType<RunState.Completed>(state).Output?.GetValue<string>());
    }

    [Fact]
    public async Task A_rejection_that_the_rule_set_does_not_allow_changes_nothing()
    {
        var (run, task) = await PausedAsync();

        Assert.IsType<Verdict.RejectNotAllowed>(await harness.Tasks.RejectAsync(
            task, "wrong invoice", new Submission { MaxFileBytes = 1 }, default));
        await harness.SettleAsync();

        Assert.IsType<TaskState.Pending>((await harness.TaskOfAsync(run)).State);
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_rejection_that_an_older_build_took_ends_its_run()
    {
        var (run, task) = await PausedAsync();
        Assert.True(await harness.Store.UpdateTaskAsync(task.Allowing(new Rights { AllowReject = true }).AtVersion(task.History.Version + 1), default));

        await harness.Tasks.RejectAsync(
            await harness.TaskOfAsync(run), "wrong invoice", new Submission { MaxFileBytes = 1 }, default);
        await harness.SettleAsync();

        Assert.Equal(
            "Rejected: wrong invoice", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
    }

    [Fact]
    public async Task Cancelling_the_task_cancels_the_run()
    {
        var (run, task) = await PausedAsync();

        await harness.Tasks.CancelAsync(task, "wrong person", new Caller(null), default);
        await harness.SettleAsync();

        Assert.Equal("wrong person", Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State).Reason);
    }

    [Fact]
    public async Task Over_the_allowance_the_answer_is_kept_and_its_continuation_waits()
    {
        using var small = new EngineHarness(Tier.Shared, allowance: 1);
        await small.SaveAsync("done", Actions.Done);
        await small.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await small.StartAsync("asks");

        Assert.IsType<Verdict.Accepted>(await small.SubmitAsync(await small.TaskOfAsync(run), """{ "answer": "kept" }"""));
        await small.SettleAsync();

        var queued = Assert.Single(await small.ContinuationsAsync(run));
        Assert.Contains("allowance", Assert.IsType<RunState.Queued>(queued.State).Reason, StringComparison.Ordinal);
        small.Time.Advance(TimeSpan.FromDays(9));
        var now = small.Time.GetUtcNow();
        Assert.Equal([queued.Id], await small.Store.ReleaseQueuedAsync(
            EngineHarness.EnvironmentId, small.Environment.MeterContinuation(now)!, now, 10, default));
        await small.AdvanceAsync(queued.Id, Signal.Started);
        Assert.Equal("kept", Assert.IsType<RunState.Completed>((await small.FindAsync(queued.Id)).State).Output!.GetValue<string>());
    }

    [Fact]
    public async Task On_the_dedicated_tier_a_continuation_is_not_counted()
    {
        using var dedicated = new EngineHarness(Tier.Dedicated, allowance: 1);
        await dedicated.SaveAsync("done", Actions.Done);
        await dedicated.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await dedicated.StartAsync("asks");

        await dedicated.SubmitAsync(await dedicated.TaskOfAsync(run), """{ "answer": "yes" }""");
        await dedicated.SettleAsync();

        Assert.IsType<RunState.Completed>(Assert.Single(await dedicated.ContinuationsAsync(run)).State);
    }

    [Fact]
    public async Task A_continuation_whose_rule_set_is_missing_fails_by_itself_and_can_be_retried()
    {
        await harness.SaveAsync("asks", $"[{Actions.Ask()}]");
        var run = await harness.StartAsync("asks");
        await AcceptAsync(await harness.TaskOfAsync(run), "kept");
        await harness.SettleAsync();
        var failed = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Contains("'done'", Assert.IsType<RunState.Failed>(failed.State).Error.Message, StringComparison.Ordinal);

        await harness.SaveAsync("done", Actions.Done);
        await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, failed.Id, null, default);
        await harness.SettleAsync();

        Assert.IsType<RunState.Completed>((await harness.FindAsync(failed.Id)).State);
    }

    [Fact]
    public async Task A_webhook_gets_the_answer_in_a_run_of_its_own()
    {
        await harness.SaveAsync("hooks", $$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "t", "form": {{Actions.Form}},
               "continuation": { "webhook": "https://hook.example/in" } }]
            """);
        var run = await harness.StartAsync("hooks", """{ "odd": "{{not.a.template" }""");

        await AcceptAsync(await harness.TaskOfAsync(run), "{{nor.this}}");
        await harness.SettleAsync();

        var call = Assert.Single(harness.World.Calls);
        Assert.Equal("https://hook.example/in", call.Url);
        var body = System.Text.Json.Nodes.JsonNode.Parse(call.Body!)!;
        Assert.Equal(run.CorrelationId, body["correlationId"]!.GetValue<string>());
        Assert.Equal("{{nor.this}}", body["values"]!["answer"]!.GetValue<string>());
        Assert.Equal("{{not.a.template", body["context"]!["odd"]!.GetValue<string>());
        Assert.IsType<RunState.Completed>(Assert.Single(await harness.ContinuationsAsync(run)).State);
    }

    private async Task<(Run Run, HumanTask Task)> PausedAsync(string context = "{}", int maxUses = 1)
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("asks", $"[{Actions.Ask(maxUses)}]");
        var run = await harness.StartAsync("asks", context);
        Assert.IsType<RunState.Paused>(run.State);
        return (run, await harness.TaskOfAsync(run));
    }

    private async Task<Verdict.Accepted> AcceptAsync(HumanTask task, string answer) =>
        Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, $$"""{ "answer": "{{answer}}" }"""));
}
