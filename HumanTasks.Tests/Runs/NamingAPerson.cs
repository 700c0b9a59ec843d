using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>What becomes of a run whose templates name a person, and of tasks that older builds gave to a name.</summary>
public sealed class NamingAPerson : IDisposable
{
    private const string Form = """ "form": { "fields": [{ "name": "note", "type": "text" }] } """;

    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Theory]
    [InlineData(""" "assignee": "{{who}}" """, "/assignee")]
    [InlineData(""" "assignee": "{{who?}}" """, "/assignee")]
    [InlineData(""" "assignees": "{{who}}" """, "/assignees")]
    [InlineData(""" "assignees": ["a@example.com", "{{who}}"] """, "/assignees/1")]
    [InlineData(""" "candidates": ["{{who}}", "a@example.com"] """, "/candidates/0")]
    [InlineData(""" "assignee": "a@example.com", "delegateTo": ["{{who}}"] """, "/delegateTo/0")]
    [InlineData(""" "assignee": "a@example.com", "notifyOutcome": "{{who}}" """, "/notifyOutcome")]
    [InlineData(""" "assignee": "a@example.com", "dueInHours": 1, "escalate": { "afterHours": 1, "to": "{{who}}" } """, "/escalate/to")]
    [InlineData(""" "assignee": "a@example.com", "dueInHours": 1, "escalate": [{ "afterHours": 1, "inform": ["{{who}}"] }] """, "/escalate/0/inform/0")]
    public async Task A_template_that_gives_no_address_fails_the_run_and_names_the_member(string members, string at)
    {
        await harness.SaveAsync("ask", $$"""[{ "type": "humanTask", "name": "ask", "title": "t", {{members}}, {{Form}} }]""");
        foreach (var who in (string[])
        [
            "null", "\"\"", "\" \\u00a0\"", "\"bob\"", "\"Bob <bob@example.com>\"", "\"a@example.com; b@example.com\"", "\"ａnn@example.com\"",
            "[\"b@example.com\", null]", "[\"b@example.com\", \"\"]", "7", "{}",
        ])
        {
            var run = await harness.StartAsync("ask", $$"""{ "who": {{who}} }""");

            var failed = Assert.IsType<RunState.Failed>(run.State);
            Assert.Equal(("ask", at), (failed.Error.Action, failed.Error.Pointer));
            Assert.StartsWith($"{at} must be one email address", failed.Error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("bob", failed.Error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(await harness.Store.TasksOfRunAsync(run.Id, default));
        }
    }

    [Fact]
    public async Task An_unknown_path_names_the_member_too()
    {
        await harness.SaveAsync("ask", $$$"""[{ "type": "humanTask", "name": "ask", "title": "t", "assignee": "{{who}}", {{{Form}}} }]""");

        var failed = Assert.IsType<RunState.Failed>((await harness.StartAsync("ask")).State);

        Assert.Equal("/assignee", failed.Error.Pointer);
        Assert.Contains("'who'", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains("/assignee", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_template_gives_is_kept_in_the_one_form()
    {
        await harness.SaveAsync("ask", $$$"""[{ "type": "humanTask", "name": "ask", "title": "t", "assignees": "{{who}}", "need": "all", "notifyOutcome": "{{none}}", {{{Form}}} }]""");

        var run = await harness.StartAsync("ask", """{ "who": ["\u00a0Ann@B\u00dcCHER.example\t", "ann@xn--bcher-kva.example", "owner@LOCALHOST"], "none": [] }""");

        Assert.Equal("ann@xn--bcher-kva.example, owner@localhost", (await harness.TaskOfAsync(run)).Assignee);
        Assert.Equal(["ann@xn--bcher-kva.example"], harness.Mail.Sent.Select(mail => Assert.Single(mail.Email.To)));
        Assert.Null((await harness.TaskOfAsync(run)).UnsentMail);
    }

    [Fact]
    public async Task An_agent_without_a_person_fails_before_its_model_is_called()
    {
        await harness.SaveAsync("ask", """[{ "type": "agent", "name": "ask", "instructions": "i", "assignee": "{{who}}" }]""");

        var run = await harness.StartAsync("ask", """{ "who": "bob" }""");

        Assert.Equal("/assignee", Assert.IsType<RunState.Failed>(run.State).Error.Pointer);
        Assert.Empty(harness.Model.Calls);
    }

    [Theory]
    [InlineData("ａda@example.com")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("bob@sub.allowed.example")]
    public async Task A_model_asks_nobody_else_by_another_spelling(string wanted)
    {
        await harness.SaveAsync("ask", """[{ "type": "agent", "name": "ask", "instructions": "i", "assignee": "ada@example.com", "assignees": ["bob@example.com", "@Allowed.example"] }]""");
        var ask = $$"""{ "title": "T", "assignee": "{{wanted}}", "fields": [{ "name": "note", "type": "text", "label": "Note" }] }""";
        harness.Model.CallsFor(("create_human_task", ask)).CallsFor(("create_human_task", ask)).CallsFor(("create_human_task", ask));

        var run = await harness.StartAsync("ask");

        Assert.Contains("/assignee", Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);
        Assert.Empty(await harness.Store.TasksOfRunAsync(run.Id, default));
    }

    [Fact]
    public async Task A_stored_literal_still_makes_its_task_which_says_that_nobody_was_emailed_until_it_is_reassigned()
    {
        await SaveOldAsync(""" "assignee": "Bob", "remind": [1], "dueInHours": 2 """);
        var run = await harness.StartAsync("ask");
        var task = await harness.TaskOfAsync(run);

        Assert.Equal("Bob", task.Assignee);
        Assert.IsType<TaskState.Pending>(task.State);
        Assert.Empty(harness.Mail.Sent);
        Assert.Equal(new MailFailure(harness.Time.GetUtcNow(), "The assignee is not an email address."), task.UnsentMail);
        Assert.Equal([TaskEventKind.Created, TaskEventKind.MailFailed], task.History.Timeline.Select(happened => happened.Kind));

        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.ReassignAsync(task, "Kim", null, default));
        Assert.IsType<Verdict.Done>(await harness.Tasks.ReassignAsync(task, " Kim@Example.com\u00a0", null, default));
        await harness.SettleAsync();

        var handed = await harness.TaskOfAsync(run);
        Assert.Equal(("kim@example.com", null), (handed.Assignee, handed.UnsentMail));
        Assert.Equal(["kim@example.com"], Assert.Single(harness.Mail.Sent).Email.To);
    }

    [Fact]
    public async Task A_task_that_was_given_to_a_name_is_answered_by_whoever_the_key_says()
    {
        await SaveOldAsync(""" "assignee": "Bob" """);
        var run = await harness.StartAsync("ask");

        Assert.IsType<Verdict.Accepted>(await RespondAsync(run, "bob@example.com"));
        Assert.Null((await harness.TaskOfAsync(run)).UnsentMail);
    }

    [Theory]
    [InlineData(""" "assignees": "a@example.com; b@example.com", "need": "all" """, "a@example.com, b@example.com")]
    [InlineData(""" "assignees": ["a@example.com", ""] """, "a@example.com")]
    [InlineData(""" "assignee": "ａnn@Example.com" """, "ａnn@example.com")]
    [InlineData(""" "assignee": "ann@exa_mple.com" """, "ann@exa_mple.com")]
    public async Task Other_stored_literals_mean_what_they_meant(string members, string assignee)
    {
        await SaveOldAsync(members);

        Assert.Equal(assignee, (await harness.TaskOfAsync(await harness.StartAsync("ask"))).Assignee);
    }

    [Fact]
    public async Task An_agents_stored_literal_makes_its_task_too()
    {
        await harness.SaveOldAsync("ask", """{ "actions": [{ "type": "agent", "name": "ask", "instructions": "i", "assignee": "Bob" }] }""");
        harness.Model.CallsFor(("create_human_task", """{ "title": "T", "fields": [{ "name": "note", "type": "text", "label": "Note" }] }"""));

        var task = await harness.TaskOfAsync(await harness.StartAsync("ask"));

        Assert.Equal(("Bob", "The assignee is not an email address."), (task.Assignee, task.UnsentMail?.Error));
    }

    [Fact]
    public async Task A_task_without_notification_has_nothing_that_failed()
    {
        await SaveOldAsync(""" "assignee": "Bob", "notify": false """);

        Assert.Null((await harness.TaskOfAsync(await harness.StartAsync("ask"))).UnsentMail);
    }

    [Fact]
    public async Task An_email_that_failed_stands_on_the_task_until_the_next_one_is_sent()
    {
        await harness.SaveAsync("ask", $$"""[{ "type": "humanTask", "name": "ask", "title": "t", "assignee": "ann@example.com", {{Form}} }]""");
        harness.Mail.Refuses = new EffectFailedException("Mailbox full.") { MayPass = false };
        var run = await harness.StartAsync("ask");
        var since = harness.Time.GetUtcNow();

        Assert.Equal(new MailFailure(since, "The email couldn't be sent: Mailbox full."), (await harness.TaskOfAsync(run)).UnsentMail);

        await harness.WaitAsync(TimeSpan.FromHours(1));
        harness.Mail.Refuses = new EffectFailedException("Still full.") { MayPass = false };
        Assert.IsType<Verdict.Done>(await harness.Tasks.RemindAsync(await harness.TaskOfAsync(run), new Caller(null), default));
        await harness.SettleAsync();
        Assert.Equal(new MailFailure(since, "The email couldn't be sent: Still full."), (await harness.TaskOfAsync(run)).UnsentMail);

        harness.Mail.Refuses = null;
        Assert.IsType<Verdict.Done>(await harness.Tasks.RemindAsync(await harness.TaskOfAsync(run), new Caller(null), default));
        await harness.SettleAsync();
        Assert.Null((await harness.TaskOfAsync(run)).UnsentMail);
    }

    [Fact]
    public async Task Of_several_the_one_whose_email_failed_is_told_until_they_answer()
    {
        await harness.SaveAsync("ask", $$"""[{ "type": "humanTask", "name": "ask", "title": "t", "assignees": ["ann@example.com", "bob@example.com"], "need": "all", {{Form}} }]""");
        harness.Mail.RefusesTo = "ann@example.com";
        var run = await harness.StartAsync("ask");
        var task = await harness.TaskOfAsync(run);

        Assert.NotNull(task.UnsentMail);
        Assert.NotNull(task.Asked.Find(1)!.MailFailure);
        Assert.Null(task.Asked.Find(2)!.MailFailure);

        await RespondAsync(run, "ann@example.com");
        Assert.Null((await harness.TaskOfAsync(run)).UnsentMail);
    }

    [Theory]
    [InlineData("ANN@example.com")]
    [InlineData("ann@example.com\u00a0")]
    [InlineData("\tann@example.com\u200b")]
    public async Task Four_eyes_know_a_person_in_every_spelling(string spelled)
    {
        await SaveTwoAsync();
        var asked = System.Text.Json.JsonSerializer.Serialize(spelled);

        Assert.IsType<RunState.Failed>((await harness.StartAsync("two", $$"""{ "by": "ann@example.com", "who": {{asked}} }""")).State);
        Assert.IsType<RunState.Failed>((await harness.StartAsync("two", $$"""{ "by": {{asked}}, "who": "ann@example.com" }""")).State);
        var run = await harness.StartAsync("two", $$"""{ "by": {{asked}}, "who": "bob@example.com" }""");
        Assert.IsType<Verdict.NotAllowed>(await harness.Tasks.ReassignAsync(await harness.TaskOfAsync(run), "Ann@Example.com", null, default));
        Assert.IsType<Verdict.SamePerson>(await RespondAsync(run, spelled));
    }

    [Theory]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@xn--bcher-kva.example", "Ann@BÜCHER.example")]
    public async Task Four_eyes_know_a_domain_in_both_of_its_forms(string by, string who)
    {
        await SaveTwoAsync();

        var failed = Assert.IsType<RunState.Failed>((await harness.StartAsync("two", $$"""{ "by": "{{by}}", "who": "{{who}}" }""")).State);

        Assert.Contains("notSameAs", failed.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ａnn@example.com")]
    [InlineData("ⓐnn@example.com")]
    [InlineData("ann＠example.com")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData("ann@example.com; bob@example.com")]
    public async Task Nobody_hides_from_four_eyes_behind_what_only_looks_like_an_address(string spelled)
    {
        await SaveTwoAsync();

        var hidden = Assert.IsType<RunState.Failed>((await harness.StartAsync("two", $$"""{ "by": "{{spelled}}", "who": "ann@example.com" }""")).State);
        var asked = Assert.IsType<RunState.Failed>((await harness.StartAsync("two", $$"""{ "by": "ann@example.com", "who": "{{spelled}}" }""")).State);

        Assert.Contains("'notSameAs' names 'by'", hidden.Error.Message, StringComparison.Ordinal);
        Assert.Equal("/assignee", asked.Error.Pointer);
    }

    [Theory]
    [InlineData("eve@example.com")]
    [InlineData("Ada")]
    [InlineData("ａnn@example.com")]
    [InlineData("")]
    public async Task A_key_answers_for_the_assignee_and_for_nobody_else(string other)
    {
        await harness.SaveAsync("ask", $$"""[{ "type": "humanTask", "name": "ask", "title": "t", "assignee": "ann@example.com", "allowReject": true, {{Form}} }]""");
        var run = await harness.StartAsync("ask");

        Assert.IsType<Verdict.NotTheirs>(await RespondAsync(run, other));
        Assert.IsType<Verdict.NotTheirs>(await harness.Tasks.RejectAsync(await harness.TaskOfAsync(run), null, By(other), default));
        Assert.IsType<Verdict.Accepted>(await RespondAsync(run, " Ann@Example.com\u00a0"));
    }

    private Task SaveTwoAsync() => harness.SaveAsync("two", $$$"""
        [{ "type": "humanTask", "name": "ask", "title": "t", "assignee": "{{who}}", "notSameAs": ["by"], {{{Form}}} }]
        """);

    private Task SaveOldAsync(string members) =>
        harness.SaveOldAsync("ask", $$"""{ "actions": [{ "type": "humanTask", "name": "ask", "title": "t", {{members}}, {{Form}} }] }""");

    private static Submission By(string? by) => new() { By = by, Verified = Verification.ApiKey, MaxFileBytes = 0 };

    private async Task<Verdict> RespondAsync(Run run, string? by) =>
        await harness.Tasks.AcceptAsync(await harness.TaskOfAsync(run), new JsonObject { ["note"] = "x" }, By(by), default);
}
