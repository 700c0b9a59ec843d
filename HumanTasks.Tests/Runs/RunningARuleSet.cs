using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

public sealed class RunningARuleSet : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Goes_through_actions_without_effects_in_one_turn()
    {
        await harness.SaveAsync("small", """
            [{ "type": "set", "values": { "a.b": 1, "text": "n={{n}}", "same": "{{n}}" } },
             { "type": "when", "if": { "path": "n", "op": "gt", "value": 5 },
               "then": [{ "type": "set", "values": { "size": "big" } }], "else": [{ "type": "set", "values": { "size": "small" } }] },
             { "type": "end", "output": { "size": "{{size}}", "text": "{{text}}", "same": "{{same}}" } }]
            """);

        var run = await harness.StartAsync("small", """{ "n": 7 }""");

        Assert.Equal(1, run.Version);
        var output = Assert.IsType<RunState.Completed>(run.State).Output;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "size": "big", "text": "n=7", "same": 7 }"""), output));
        Assert.Equal(1, run.Context["a"]!["b"]!.GetValue<int>());
    }

    [Fact]
    public async Task Completes_after_its_last_action()
    {
        await harness.SaveAsync("short", """[{ "type": "set", "values": { "a": 1 } }]""");

        Assert.IsType<RunState.Completed>((await harness.StartAsync("short")).State);
    }

    [Fact]
    public async Task Fails_at_an_unknown_template_path_and_names_it()
    {
        await harness.SaveAsync("wrong", """[{ "type": "set", "name": "copy", "values": { "a": "{{invoice.nr}}" } }]""");

        var run = await harness.StartAsync("wrong", """{ "invoice": {} }""");

        var error = Assert.IsType<RunState.Failed>(run.State).Error;
        Assert.Equal("copy", error.Action);
        Assert.Contains("'invoice.nr'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stays_with_the_version_it_started_with()
    {
        await harness.SaveAsync("done", Actions.Done);
        await harness.SaveAsync("v", $$"""[{{Actions.Assign()}}, { "type": "end", "output": "first" }]""");
        var run = await harness.StartAsync("v");
        await harness.SaveAsync("v", """[{ "type": "end", "output": "second" }]""");

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "yes" }""");
        await harness.SettleAsync();

        run = await harness.FindAsync(run.Id);
        Assert.Equal(1, run.RuleSetVersion);
        Assert.Equal("first", Assert.IsType<RunState.Completed>(run.State).Output!.GetValue<string>());
    }

    [Fact]
    public async Task Ends_as_the_rule_set_says()
    {
        await harness.SaveAsync("fails", """[{ "type": "end", "status": "failed", "output": "no budget" }]""");
        await harness.SaveAsync("stops", """[{ "type": "end", "status": "cancelled", "output": "not needed" }]""");

        Assert.Equal("no budget", Assert.IsType<RunState.Failed>((await harness.StartAsync("fails")).State).Error.Message);
        Assert.Equal("not needed", Assert.IsType<RunState.Cancelled>((await harness.StartAsync("stops")).State).Reason);
    }

    [Fact]
    public async Task Starts_once_under_one_id_however_often_it_is_asked()
    {
        await harness.SaveAsync("once", """[{ "type": "email", "to": "a@example.com", "subject": "s", "body": "b" }]""");
        var id = Core.Ids.New(harness.Time.GetUtcNow());

        await harness.StartAsync("once", runId: id);
        await harness.StartAsync("once", runId: id);

        Assert.Single(harness.Mail.Sent);
    }

    [Fact]
    public async Task Takes_one_effect_a_turn_and_never_repeats_one_that_was_committed()
    {
        await harness.SaveAsync("two", """
            [{ "type": "email", "to": "a@example.com", "subject": "one", "body": "b" },
             { "type": "email", "to": "a@example.com", "subject": "two", "body": "b" }]
            """);
        var started = Assert.IsType<StartVerdict.Started>(await harness.TryStartAsync("two"));
        harness.LoseSignals();
        var first = new Turn(started.Run.Id, started.Run.Version, Signal.Started);

        var next = await harness.Engine.AdvanceAsync(first, default);
        var again = await harness.Engine.AdvanceAsync(first, default);

        Assert.Equal("one", Assert.Single(harness.Mail.Sent).Email.Subject);
        Assert.False(next.IsOver);
        Assert.Equal(next.Turn, again.Turn);
        await harness.AdvanceAsync(started.Run.Id, Signal.Continue);
        Assert.Equal(["one", "two"], harness.Mail.Sent.Select(mail => mail.Email.Subject));
    }

    [Fact]
    public async Task Retries_a_failed_effect_with_growing_pauses_under_the_same_key_and_then_fails()
    {
        await harness.SaveAsync("call", """
            [{ "type": "http", "name": "pay", "method": "POST", "url": "https://pay.example/", "saveAs": "answer", "retry": { "attempts": 5 } }]
            """);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);

        var run = await harness.StartAsync("call");

        var retry = Assert.IsType<RunState.Running>(run.State).Retry;
        Assert.Equal(harness.Time.GetUtcNow().AddSeconds(2), retry!.Until);
        foreach (var pause in new[] { 2, 4, 8, 16 })
        {
            await harness.WaitAsync(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            var calls = harness.World.Calls.Count;
            await harness.WaitAsync(TimeSpan.FromMilliseconds(1));
            Assert.Equal(calls + 1, harness.World.Calls.Count);
        }

        run = await harness.FindAsync(run.Id);
        Assert.Equal(new RunError("pay", "POST pay.example returned 503.", 5) { Cause = "http.status.503" }, Assert.IsType<RunState.Failed>(run.State).Error);
        Assert.Single(harness.World.Calls.Select(call => call.Key).Distinct());
    }

    [Fact]
    public async Task Goes_on_from_the_failed_action_when_it_is_retried()
    {
        await harness.SaveAsync("call", """
            [{ "type": "email", "to": "a@example.com", "subject": "before", "body": "b" },
             { "type": "http", "name": "pay", "method": "GET", "url": "https://pay.example/", "saveAs": "answer" }]
            """);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        var run = await harness.StartAsync("call");
        Assert.IsType<RunState.Failed>(run.State);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{ "paid": true }""", System.Text.Encoding.UTF8, "application/json"),
        };

        Assert.IsType<RunVerdict.Done>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default));
        await harness.SettleAsync();

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.True(run.Context["answer"]!["body"]!["paid"]!.GetValue<bool>());
        Assert.Single(harness.Mail.Sent);
        Assert.IsType<RunVerdict.NotFailed>(await harness.Runs.RetryAsync(EngineHarness.EnvironmentId, run.Id, null, default));
    }

    [Fact]
    public async Task Does_not_retry_what_cannot_get_better()
    {
        await harness.SaveAsync("mail", """[{ "type": "email", "name": "m", "to": "{{to}}", "subject": "s", "body": "b" }]""");
        harness.Mail.Refuses = new EffectFailedException("unknown recipient") { MayPass = false };

        var refused = await harness.StartAsync("mail", """{ "to": "a@example.com" }""");
        var nonsense = await harness.StartAsync("mail", """{ "to": "nobody" }""");

        Assert.Equal(1, Assert.IsType<RunState.Failed>(refused.State).Error.Attempts);
        var words = Assert.IsType<RunState.Failed>(nonsense.State).Error.Message;
        Assert.Contains("'to'", words, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_what_the_context_says_as_text_and_not_as_markup()
    {
        await harness.SaveAsync("mail", """
            [{ "type": "email", "to": "{{to}}", "subject": "For {{name}}", "body": "Dear **{{name}}**" }]
            """);

        await harness.StartAsync("mail", """{ "to": ["a@example.com", "b@example.com"], "name": "[x](http://evil)\r\nBcc: c@example.com" }""");

        var mail = Assert.Single(harness.Mail.Sent).Email;
        Assert.Equal(["a@example.com", "b@example.com"], mail.To);
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Contains(@"\[x\](http\://evil)", mail.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_another_rule_set_once_under_the_same_correlation_id()
    {
        await harness.SaveAsync("child", """[{ "type": "end", "output": "{{n}}" }]""");
        await harness.SaveAsync("parent", """[{ "type": "startRuleSet", "ruleSet": "child", "context": { "n": "{{m}}" } }]""");

        var run = await harness.StartAsync("parent", """{ "m": 3 }""");

        var child = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal(run.CorrelationId, child.CorrelationId);
        Assert.Equal(run.Id, child.ContinuedFrom);
        Assert.Equal(3, Assert.IsType<RunState.Completed>(child.State).Output!.GetValue<int>());
    }

    [Fact]
    public async Task That_starts_itself_without_a_person_comes_to_an_end()
    {
        await harness.SaveAsync("loop", """[{ "type": "startRuleSet", "ruleSet": "loop" }]""");

        await harness.StartAsync("loop");

        var page = await harness.Store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 200), default);
        Assert.Equal(51, page.Items.Count);
        Assert.Single(page.Items, run => run.State is RunState.Failed);
    }

    [Fact]
    public async Task Over_the_allowance_is_refused_and_leaves_nothing()
    {
        using var small = new EngineHarness(allowance: 1);
        await small.SaveAsync("short", """[{ "type": "end" }]""");
        await small.StartAsync("short");

        Assert.IsType<StartVerdict.AllowanceExhausted>(await small.TryStartAsync("short"));
        Assert.Single((await small.Store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 10), default)).Items);
        small.Time.Advance(TimeSpan.FromDays(31));
        Assert.IsType<StartVerdict.Started>(await small.TryStartAsync("short"));
    }

    [Fact]
    public async Task Of_another_environment_is_not_found()
    {
        await harness.SaveAsync("short", """[{ "type": "end" }]""");
        var run = await harness.StartAsync("short");

        Assert.Null(await harness.Runs.FindAsync("other", run.Id, default));
        Assert.IsType<RunVerdict.Unknown>(await harness.Runs.CancelAsync("other", run.Id, null, null, default));
    }
}
