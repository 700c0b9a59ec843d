using System.Net;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Runs;

namespace HumanTasks.Tests.Storage.Corpus;

/// <summary>Makes a run of every state, and tasks of every state, each under a correlation ID that says what it is.</summary>
internal sealed class RunsOfEveryState(EngineHarness harness, IRunStore store)
{
    /// <summary>What a model of these runs asks.</summary>
    public const string Question = """
        { "title": "Which offer?", "fields": [{ "name": "offer", "type": "text", "label": "Offer", "required": true }], "submitLabel": "Choose" }
        """;

    private const string Form = """ "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } """;

    /// <summary>Makes all of them.</summary>
    public async Task MakeAsync()
    {
        await PausedAsync();
        await EndedAsync();
        await SeveralAsync();
        await EffectsAsync();
        await AgentsAsync();
    }

    private async Task PausedAsync()
    {
        await SaveAsync("ask", $$$"""
            { "secrets": ["iban"], "actions": [
              { "type": "set", "name": "total", "values": { "sum": "{{iban}}" } },
              { "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Look at {{customer}}", "allowReject": true,
                "dueInHours": 4, "expiresInHours": 8, "remind": { "everyHours": 1 }, {{{Form}}} },
              { "type": "end", "name": "done", "output": "{{ask.values}}" }] }
            """);
        const string Context = """{ "customer": "Meyer", "iban": "DE02120300000000202051", "nested": { "a": [1, null, "x"] } }""";
        await StartAsync("paused", "ask", Context);
        var claimed = await StartAsync("reassigned", "ask", Context);
        await harness.Tasks.ReassignAsync(await TaskAsync(claimed), "bob@example.com", "boss@example.com", default);
        await harness.SettleAsync();
        await store.CreateAsync(
            new TurnCommit
            {
                ExpectedVersion = 0,
                Run = (await harness.FindAsync(claimed.Id)) with
                {
                    Id = Ids.New(harness.Time.GetUtcNow()),
                    CorrelationId = "queued",
                    Version = 1,
                    Position = 0,
                    State = new RunState.Queued("Monthly run allowance reached."),
                },
            },
            null,
            default);

        await SaveAsync("open", $$$"""
            { "actions": [{ "type": "humanIntervention", "name": "open", "title": "Anyone", "maxUses": 3, {{{Form}}},
              "linkContextKey": "link", "continuation": { "webhook": "https://hook.example/in" } }] }
            """);
        var open = await StartAsync("used-once", "open");
        await harness.SubmitAsync(await TaskAsync(open), """{ "note": "first" }""", "key-1");
        await harness.SettleAsync();
    }

    private async Task EndedAsync()
    {
        var completed = await StartAsync("completed", "ask", """{ "customer": "Ott", "iban": "DE1" }""");
        await AnswerAsync(completed, "ann@example.com");
        await harness.SettleAsync();

        var rejected = await StartAsync("rejected", "ask", """{ "customer": "Ott", "iban": "DE1" }""");
        await harness.Tasks.RejectAsync(await TaskAsync(rejected), "No.", As("ann@example.com"), default);
        await harness.SettleAsync();

        var cancelled = await StartAsync("cancelled", "ask", """{ "customer": "Ott", "iban": "DE1" }""");
        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, cancelled.Id, "Enough", "boss@example.com", default);
        await harness.SettleAsync();

        await SaveAsync("short", $$$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Soon", "expiresInHours": 1, {{{Form}}} }] }
            """);
        await SaveAsync("silent", $$$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "title": "Soon", "expiresInHours": 1, {{{Form}}},
              "default": { "values": { "note": "as usual" } } }] }
            """);
        var expired = await StartAsync("expired", "short");
        var silent = await StartAsync("defaulted", "silent");
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.AdvanceAsync(expired.Id, Signal.DeadlinePassed);
        await harness.AdvanceAsync(silent.Id, Signal.DeadlinePassed);
        await harness.SettleAsync();

        var fault = await StartAsync("fault", "short");
        await harness.Engine.AdvanceAsync(new Turn(fault.Id, fault.Version, Signal.GivenUp, Attempts: 3), default);

        await SaveAsync("failing", """
            { "actions": [{ "type": "http", "name": "call", "url": "https://gone.example/", "method": "GET" }] }
            """);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        await StartAsync("failed", "failing");
    }

    private async Task SeveralAsync()
    {
        await SaveAsync("several", $$$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "assignees": ["ann@example.com", "bob@example.com", "cyd@example.com"],
              "need": "all", "title": "All of you", {{{Form}}}, "notifyOutcome": ["out1@example.com", "out2@example.com"] }] }
            """);
        var quorum = await StartAsync("mid-quorum", "several");
        await AnswerAsync(quorum, "ann@example.com");
        await harness.SettleAsync();

        var unconsumed = await StartAsync("mid-quorum-unconsumed", "several");
        await AnswerAsync(unconsumed, "ann@example.com");
        await harness.SettleAsync();
        await AnswerWhileItDiesAsync(unconsumed, "bob@example.com");

        await SaveAsync("candidates", $$$"""
            { "actions": [{ "type": "humanTask", "name": "ask", "candidates": ["ann@example.com", "bob@example.com"], "title": "One of you", {{{Form}}} }] }
            """);
        var claimed = await StartAsync("claimed", "candidates");
        await harness.Tasks.ClaimAsync(TaskView.Of(await TaskAsync(claimed), 2)!, default);
        await harness.SettleAsync();

        // who asked for the outcome is told by a run of its own, one after the other
        var told = await StartAsync("mid-notices", "several");
        foreach (var by in new[] { "ann@example.com", "bob@example.com", "cyd@example.com" })
        {
            await AnswerAsync(told, by);
        }

        harness.LoseSignals();
        foreach (var notices in (await store.ListRunsAsync(new RunQuery(EngineHarness.EnvironmentId, 100, RuleSet: RuleSetName.Notices, CorrelationId: "mid-notices"), default)).Items)
        {
            await harness.Engine.AdvanceAsync(new Turn(notices.Id, notices.Version, Signal.Started), default);
        }
    }

    private async Task EffectsAsync()
    {
        await SaveAsync("retrying", """
            { "actions": [{ "type": "http", "name": "call", "url": "https://pay.example/", "method": "POST", "saveAs": "paid",
              "retry": { "firstSeconds": 10, "factor": 3, "maxSeconds": 40, "giveUpAfterHours": 1 } }] }
            """);
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        await StartAsync("mid-retry", "retrying");

        var hooked = await StartAsync("mid-delivery", "open");
        await harness.SubmitAsync(await TaskAsync(hooked), """{ "note": "deliver" }""", "key-2");
        await harness.SettleAsync();

        await SaveAsync("tree", """
            { "actions": [{ "type": "startRuleSet", "name": "child", "ruleSet": "short", "context": { "from": "{{me}}" } }] }
            """);
        await StartAsync("tree", "tree", """{ "me": "parent" }""");
    }

    private async Task AgentsAsync()
    {
        await SaveAsync("agent", """
            { "actions": [{ "type": "agent", "name": "chooser", "instructions": "Choose an offer.", "assignee": "ann@example.com", "saveAs": "chosen" }] }
            """);
        await SaveAsync("reviewing", """
            { "actions": [{ "type": "agent", "name": "chooser", "instructions": "Choose an offer.", "assignee": "ann@example.com", "saveAs": "chosen", "review": true }] }
            """);
        harness.Model.CallsFor(("create_human_task", Question));
        await StartAsync("mid-agent", "agent");
        harness.Model.CallsFor(("create_human_task", Question));
        var reviewing = await StartAsync("mid-agent-reviewing", "reviewing");
        await AnswerWhileItDiesAsync(reviewing, "ann@example.com", """{ "offer": "b" }""");
    }

    private async Task AnswerWhileItDiesAsync(Run run, string by, string values = """{ "note": "unread" }""")
    {
        harness.Dies = true;
        try
        {
            await AnswerAsync(run, by, values);
        }
        catch (IOException)
        {
            // the process died behind the answer
        }

        harness.Dies = false;
    }

    private async Task AnswerAsync(Run run, string by, string? values = null) => await harness.Tasks.AcceptAsync(
        await TaskAsync(run), JsonNode.Parse(values ?? $$"""{ "note": "from {{by}}" }""")!.AsObject(), As(by), default);

    private Task<HumanTask> TaskAsync(Run run) => harness.TaskOfAsync(run);

    private static Submission As(string by) => new() { By = by, Verified = Verification.Session, MaxFileBytes = 1000 };

    private Task SaveAsync(string name, string ruleSet) => harness.SaveWholeAsync(name, ruleSet);

    private async Task<Run> StartAsync(string correlationId, string ruleSet, string context = "{}")
    {
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        var request = await harness.RequestAsync(ruleSet, context) with { CorrelationId = correlationId };
        var started = Assert.IsType<StartVerdict.Started>(await harness.Runs.StartAsync(request, default));
        await harness.SettleAsync();
        return await harness.FindAsync(started.Run.Id);
    }
}
