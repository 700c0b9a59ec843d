using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>One task for several people: each at a seat of their own, and the outcome that their answers come to.</summary>
public sealed partial class AskingSeveral : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Any_one_of_them_decides_with_the_first_answer()
    {
        var run = await AskAsync("""
            "assignees": ["Ann@example.com", "bob@example.com"], "need": "any",
            """);
        Assert.Equal("ann@example.com, bob@example.com", (await harness.TaskOfAsync(run)).Assignee);

        await AnswerAsync(run, "bob@example.com", "fine");

        var outcome = await OutcomeAsync(run);
        Assert.Equal(("completed", "bob@example.com", "fine"), ((string)outcome["outcome"]!, (string)outcome["by"]!, (string)outcome["values"]!["note"]!));
        Assert.IsType<Verdict.UsedUp>(await AnswerAsync(run, "ann@example.com", "late"));
    }

    [Fact]
    public async Task All_of_them_are_waited_for_and_listed_with_what_they_said_and_when()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": "all",
            """);
        await AnswerAsync(run, "bob@example.com", "one");
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);
        Assert.Equal("pending", (string?)(await OutcomeAsync(run))["outcome"]);
        await harness.WaitAsync(TimeSpan.FromHours(2));

        await AnswerAsync(run, "ann@example.com", "two");

        var answers = (await OutcomeAsync(run))["answers"]!.AsArray();
        Assert.Equal(["bob@example.com one 12:00", "ann@example.com two 14:00"], answers.Select(answer =>
            $"{answer!["by"]} {answer["values"]!["note"]} {DateTime.Parse((string)answer["at"]!, null, System.Globalization.DateTimeStyles.AdjustToUniversal):HH:mm}"));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task A_quorum_is_enough_and_each_answers_once()
    {
        var run = await AskAsync("""
            "assignees": "{{board}}", "need": 2,
            """, """{ "board": ["a@example.com", "b@example.com", "c@example.com"] }""");

        Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, "a@example.com", "1"));
        Assert.IsType<Verdict.UsedUp>(await AnswerAsync(run, "a@example.com", "again"));
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, "c@example.com", "2"));

        Assert.IsType<TaskState.Completed>((await harness.TaskOfAsync(run)).State);
        Assert.Equal(2, (await harness.Store.ResponsesOfTaskAsync((await harness.TaskOfAsync(run)).Id, default)).Count);
    }

    [Fact]
    public async Task A_rejection_ends_it_only_by_veto_or_when_the_quorum_cannot_be_reached_any_more()
    {
        var patient = await AskAsync("""
            "assignees": ["a@example.com", "b@example.com", "c@example.com"], "need": 2, "allowReject": true,
            """);
        await RejectAsync(patient, "a@example.com");
        Assert.IsType<TaskState.Pending>((await harness.TaskOfAsync(patient)).State);
        await RejectAsync(patient, "b@example.com");
        Assert.Equal(("rejected", 2), ((string?)(await OutcomeAsync(patient))["outcome"], (await OutcomeAsync(patient))["answers"]!.AsArray().Count));

        var strict = await AskAsync("""
            "assignees": ["a@example.com", "b@example.com", "c@example.com"], "need": 2, "veto": true,
            """);
        await AnswerAsync(strict, "b@example.com", "yes");
        await RejectAsync(strict, "a@example.com");
        Assert.Equal(("rejected", "a@example.com"), ((string?)(await OutcomeAsync(strict))["outcome"], (string?)(await OutcomeAsync(strict))["by"]));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(strict.Id)).State);
    }

    [Fact]
    public async Task Answers_that_come_at_the_same_moment_and_after_a_crash_are_all_taken_once()
    {
        var run = await AskAsync("""
            "assignees": ["a@example.com", "b@example.com", "c@example.com"], "need": "all",
            """);
        harness.Dies = true;
        await AnswerAsync(run, "a@example.com", "1");
        await AnswerAsync(run, "b@example.com", "2");
        await AnswerAsync(run, "c@example.com", "3");
        harness.Dies = false;
        Assert.IsType<RunState.Paused>((await harness.FindAsync(run.Id)).State);

        await harness.AdvanceAsync(run.Id, Signal.Continue);

        Assert.Equal(["1", "2", "3"], (await OutcomeAsync(run))["answers"]!.AsArray().Select(answer => (string?)answer!["values"]!["note"]));
        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task Each_is_mailed_a_link_of_their_own_and_no_link_opens_another_s_seat()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"],
            """);

        Assert.Equal(["ann@example.com", "bob@example.com"], harness.Mail.Sent.Select(mail => mail.Email.To.Single()));
        var claims = harness.Mail.Sent.Select(mail => harness.Tokens.Verify(TokenOf(mail.Email.Text!))!).ToArray();
        Assert.Equal([1, 2], claims.Select(claim => claim.Seat));
        var open = Assert.IsType<Verdict.Open>(await harness.Tasks.OpenAsync(claims[1], default));
        Assert.Equal("bob@example.com", open.View.Assignee);
        Assert.IsType<Verdict.Expired>(await harness.Tasks.OpenAsync(claims[1] with { Seat = 0 }, default));
        Assert.IsType<Verdict.Expired>(await harness.Tasks.OpenAsync(claims[1] with { Seat = 3 }, default));
        Assert.Equal(run.Id, open.View.RunId);
    }

    [Fact]
    public async Task Whoever_is_handed_a_seat_gets_its_link_and_the_old_one_is_dead()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": "all",
            """);
        var task = await harness.TaskOfAsync(run);
        var before = harness.Tokens.Verify(TokenOf(harness.Mail.Sent[1].Email.Text!))!;

        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.ReassignAsync(task, "eve@example.com", null, default));
        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.ReassignAsync(TaskView.Of(task, 2)!, "ann@example.com", null, default));
        Assert.IsType<Verdict.Done>(await harness.Tasks.ReassignAsync(TaskView.Of(task, 2)!, "eve@example.com", "ed", default));
        await harness.SettleAsync();

        Assert.Equal("ann@example.com, eve@example.com", (await harness.TaskOfAsync(run)).Assignee);
        Assert.Equal("eve@example.com", harness.Mail.Sent[^1].Email.To.Single());
        Assert.IsType<Verdict.Expired>(await harness.Tasks.OpenAsync(before, default));
        Assert.IsType<Verdict.Open>(await harness.Tasks.OpenAsync(harness.Tokens.Verify(TokenOf(harness.Mail.Sent[^1].Email.Text!))!, default));
    }

    [Theory]
    [InlineData(""" "assignee": "ann@example.com", "delegateTo": ["{{many}}"], """, "delegateTo")]
    [InlineData(""" "assignee": "ann@example.com", "dueInHours": 1, "escalate": { "inform": ["{{many}}"] }, """, "escalate")]
    [InlineData(""" "assignee": "ann@example.com", "notifyOutcome": ["{{many}}"], """, "notifyOutcome")]
    [InlineData(""" "assignees": ["{{many}}"], """, "assignees")]
    public async Task What_a_template_brings_has_bounds_too(string members, string named)
    {
        var run = await AskAsync(members, $$"""{ "many": {{System.Text.Json.JsonSerializer.Serialize(Enumerable.Range(0, 51).Select(number => $"p{number}@example.com"))}} }""");

        Assert.Contains($"'{named}'", Assert.IsType<RunState.Failed>((await harness.FindAsync(run.Id)).State).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_decided_before_may_not_decide_again()
    {
        await harness.SaveAsync("twice", """
            [{ "type": "humanTask", "name": "first", "assignee": "ann@example.com", "title": "First",
               "form": { "fields": [{ "name": "note", "type": "text" }] } },
             { "type": "humanTask", "name": "second", "assignees": ["ann@example.com", "bob@example.com", "req@example.com"],
               "title": "Second", "notSameAs": ["first", "requester"], "delegateTo": ["@example.com"],
               "form": { "fields": [{ "name": "note", "type": "text" }] } }]
            """);
        var run = await harness.StartAsync("twice", """{ "requester": "Req@Example.com" }""");
        await AnswerAsync(run, "ann@example.com", "1");
        await harness.SettleAsync();

        var second = (await harness.Store.TasksOfRunAsync(run.Id, default)).Single(task => task.Action == "second");
        Assert.Equal(["bob@example.com"], second.Several.Seats.Select(seat => seat.Assignee));
        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.DelegateAsync(TaskView.Of(second, 1)!, "ann@example.com", null, "bob@example.com", default));
        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.ReassignAsync(TaskView.Of(second, 1)!, "ANN@example.com", null, default));
        Assert.IsType<Verdict.NotTheirs>(await AnswerAsync(run, "ann@example.com", "2", "second"));
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, "bob@example.com", "2", "second"));
    }

    [Fact]
    public async Task A_task_whose_only_assignee_may_not_answer_or_whose_earlier_person_is_unknown_fails_its_run()
    {
        var same = await AskAsync("""
            "assignee": "ann@example.com", "notSameAs": "requester",
            """, """{ "requester": "ANN@example.com" }""");
        var unknown = await AskAsync("""
            "assignee": "ann@example.com", "notSameAs": "requester",
            """, """{ "requester": "" }""");

        Assert.Contains("notSameAs", Assert.IsType<RunState.Failed>(same.State).Error.Message, StringComparison.Ordinal);
        Assert.Contains("is unknown", Assert.IsType<RunState.Failed>(unknown.State).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_nobody_answers_for_several_or_where_four_eyes_are_needed()
    {
        var several = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"],
            """);
        var four = await AskAsync("""
            "assignee": "ann@example.com", "notSameAs": "requester",
            """, """{ "requester": "req@example.com" }""");

        Assert.IsType<Verdict.NotTheirs>(await AnswerAsync(several, null, "x"));
        Assert.IsType<Verdict.NotTheirs>(await AnswerAsync(four, null, "x"));
        Assert.IsType<Verdict.SamePerson>(await AnswerAsync(four, "REQ@example.com", "x"));
        Assert.IsType<Verdict.Accepted>(await AnswerAsync(four, "somebody@example.com", "x"));
    }

    [Fact]
    public async Task Every_answer_of_several_has_a_receipt_in_one_chain()
    {
        var run = await AskAsync("""
            "assignees": ["ann@example.com", "bob@example.com"], "need": "all",
            """);
        await AnswerAsync(run, "ann@example.com", "1");
        await AnswerAsync(run, "bob@example.com", "2");

        var responses = await harness.Store.ResponsesOfTaskAsync((await harness.TaskOfAsync(run)).Id, default);
        var second = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(responses[1].Receipt!.Split('.')[1]))!;

        Assert.Equal(Core.Receipts.ChainLink.Of(responses[0].Receipt!).Payload, (string?)second["prev"]);
        Assert.Equal((await harness.FindAsync(run.Id)).ReceiptHead, Core.Receipts.ReceiptSigner.HashOf(responses[1].Receipt!));
    }

    private async Task<Run> AskAsync(string more, string context = "{}")
    {
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanTask", "name": "ask", {{more}} "title": "Look at it",
               "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } }]
            """);
        return await harness.StartAsync("ask", context);
    }

    private async Task<Verdict> AnswerAsync(Run run, string? by, string note, string action = "ask")
    {
        var tasks = await harness.Store.TasksOfRunAsync(run.Id, default);
        var task = tasks.FirstOrDefault(one => one.Action == action) ?? tasks.Single();
        return await harness.Tasks.AcceptAsync(task, new JsonObject { ["note"] = note }, As(by), default);
    }

    private async Task<Verdict> RejectAsync(Run run, string by) =>
        await harness.Tasks.RejectAsync(await harness.TaskOfAsync(run), "No.", As(by), default);

    private async Task<JsonObject> OutcomeAsync(Run run) => (await harness.FindAsync(run.Id)).Context["ask"]!.AsObject();

    private static Submission As(string? by) => new() { By = by, MaxFileBytes = 1000 };

    private static string TokenOf(string text) => text.Split("/task/")[1].Split('\n', ' ')[0].Trim();
}
