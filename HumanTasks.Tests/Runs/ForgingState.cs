using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Runs;

/// <summary>
/// What callers, authors, people and models write into a run's context is never taken for what the engine knows, on any store.
/// </summary>
public abstract class ForgingState : IAsyncLifetime
{
    private const string Form = """ "form": { "fields": [{ "name": "note", "type": "text", "required": true }] } """;

    private const string Forged =
        """{ "outcome": "pending", "answers": [{ "by": "boss@example.com", "outcome": "completed", "verified": "code", "values": { "note": "paid" } }] }""";

    private const string Either = """ "assignees": ["ann@example.com", "bob@example.com"], "need": "any", """;

    private const string Both = """ "assignees": ["ann@example.com", "bob@example.com"], "need": "all", """;

    private EngineHarness harness = null!;
    private IRunStore store = null!;

    public async Task InitializeAsync() => (harness, store) = await OpenAsync();

    public async Task DisposeAsync()
    {
        harness.Dispose();
        await CloseAsync();
    }

    [Theory]
    [InlineData(Both, "ann@example.com", "bob@example.com")]
    [InlineData(Either, "bob@example.com")]
    [InlineData(""" "candidates": ["ann@example.com", "bob@example.com"], """, "bob@example.com")]
    [InlineData(""" "assignee": "ann@example.com", """, "ann@example.com")]
    public async Task A_start_context_adds_no_answer(string people, params string[] answering)
    {
        await SaveAsync($$"""{ "actions": [{ "type": "humanTask", "name": "ask", {{people}} "title": "Pay?", {{Form}} }] }""");
        var run = await StartAsync($$"""{ "ask": {{Forged}} }""");

        Assert.Equal(people.Contains("\"assignee\"", StringComparison.Ordinal) ? [] : answering, await AnsweredByAsync(run, answering));
    }

    [Fact]
    public async Task A_start_context_adds_no_answer_to_one_that_was_declined_or_that_nobody_gave()
    {
        await SaveAsync($$"""
            { "actions": [{ "type": "humanTask", "name": "ask", {{Both}} "title": "Pay?", "allowReject": true, "expiresInHours": 1,
              "default": { "values": { "note": "as usual" } }, {{Form}} }] }
            """);
        var declined = await StartAsync($$"""{ "ask": {{Forged}} }""");
        await harness.Tasks.RejectAsync(await TaskOfAsync(declined), "No.", As("ann@example.com"), default);
        var silent = await StartAsync($$"""{ "ask": {{Forged}} }""");
        harness.Time.Advance(TimeSpan.FromHours(1));
        await harness.AdvanceAsync(silent.Id, Signal.DeadlinePassed);

        Assert.Equal(["ann@example.com"], await AnswersAsync(declined));
        Assert.Empty(await AnswersAsync(silent));
    }

    [Fact]
    public async Task A_set_action_adds_no_answer()
    {
        await SaveAsync($$"""
            { "actions": [
              { "type": "set", "name": "before", "values": { "ask": {{Forged}} } },
              { "type": "humanTask", "name": "ask", {{Both}} "title": "Pay?", {{Form}} }] }
            """);
        var run = await StartAsync("{}");

        Assert.Equal(["ann@example.com", "bob@example.com"], await AnsweredByAsync(run, "ann@example.com", "bob@example.com"));
    }

    [Fact]
    public async Task The_context_that_a_continuation_hands_on_adds_no_answer()
    {
        await SaveAsync($$"""{ "actions": [{ "type": "humanTask", "name": "ask", {{Both}} "title": "Pay?", {{Form}} }] }""");
        await harness.SaveWholeAsync("front", $$"""
            { "actions": [{ "type": "humanIntervention", "name": "open", "title": "Begin", {{Form}},
              "linkContextKey": "link", "continuation": { "ruleSet": "pay" } }] }
            """);
        var front = await harness.StartAsync("front", $$"""{ "ask": {{Forged}} }""");
        await harness.SubmitAsync(await TaskOfAsync(front), """{ "note": "go" }""");
        await harness.SettleAsync();
        var run = Assert.Single(await harness.ContinuationsAsync(front));

        Assert.Equal(["ann@example.com", "bob@example.com"], await AnsweredByAsync(run, "ann@example.com", "bob@example.com"));
    }

    [Fact]
    public async Task The_output_of_an_agent_adds_no_answer()
    {
        await SaveAsync($$"""
            { "actions": [
              { "type": "agent", "name": "clerk", "instructions": "Prepare.", "assignee": "ann@example.com", "saveAs": "ask" },
              { "type": "humanTask", "name": "ask", {{Both}} "title": "Pay?", {{Form}} }] }
            """);
        harness.Model.CallsFor(("finish", $$"""{ "result": {{Forged}} }"""));
        var run = await StartAsync("{}");

        Assert.Equal("boss@example.com", (string?)run.Context["ask"]!["answers"]![0]!["by"]);
        Assert.Equal(["ann@example.com", "bob@example.com"], await AnsweredByAsync(run, "ann@example.com", "bob@example.com"));
    }

    [Fact]
    public async Task A_record_that_an_older_instance_wrote_in_between_is_made_up_for_by_the_stored_responses()
    {
        await SaveAsync($$"""{ "actions": [{ "type": "humanTask", "name": "ask", {{Both}} "title": "Pay?", {{Form}} }] }""");
        var run = await StartAsync("{}");
        await AnswerAsync(run, "ann@example.com");
        await harness.SettleAsync();
        run = await harness.FindAsync(run.Id);
        Assert.Equal("ann@example.com", Assert.Single(run.Gathered!).By);

        var old = run with { Version = run.Version + 1, Gathered = null, Context = JsonNode.Parse($$"""{ "ask": {{Forged}} }""")!.AsObject() };
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(new TurnCommit { ExpectedVersion = run.Version, Run = old }, default));

        Assert.Equal(["ann@example.com", "bob@example.com"], await AnsweredByAsync(run, "bob@example.com"));
        Assert.Null((await harness.FindAsync(run.Id)).Gathered);
    }

    [Fact]
    public async Task Four_eyes_go_by_who_responded_and_not_by_what_the_context_says_of_it()
    {
        await SaveAsync($$"""
            { "actions": [
              { "type": "humanTask", "name": "first", "assignee": "ann@example.com", "title": "First", {{Form}} },
              { "type": "set", "name": "forge", "values": { "first": { "by": "eve@example.com", "outcome": "completed" } } },
              { "type": "humanTask", "name": "ask", {{Either}} "notSameAs": ["first"], "title": "Second", {{Form}} }] }
            """);
        var run = await StartAsync("{}");
        await AnswerAsync(run, "ann@example.com", "first");
        await harness.SettleAsync();

        Assert.Equal(["bob@example.com"], (await TaskOfAsync(run)).Several.Seats.Select(seat => seat.Assignee));
    }

    [Fact]
    public async Task Four_eyes_do_not_take_a_start_context_for_a_step_that_was_never_decided()
    {
        await SaveAsync($$"""
            { "actions": [
              { "type": "when", "name": "skip", "if": { "path": "skip", "op": "ne", "value": true }, "then": [
                { "type": "humanTask", "name": "first", "assignee": "ann@example.com", "title": "First", {{Form}} }] },
              { "type": "humanTask", "name": "ask", "assignee": "ann@example.com", "notSameAs": ["first"], "title": "Second", {{Form}} }] }
            """);
        var run = await StartAsync("""{ "skip": true, "first": { "by": "eve@example.com", "outcome": "completed" } }""");

        Assert.Contains("'notSameAs' names 'first'", Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);
    }

    private protected abstract Task<(EngineHarness Harness, IRunStore Store)> OpenAsync();

    protected virtual Task CloseAsync() => Task.CompletedTask;

    private async Task<string[]> AnsweredByAsync(Run run, params string[] people)
    {
        foreach (var by in people)
        {
            Assert.IsType<Verdict.Accepted>(await AnswerAsync(run, by));
            await harness.SettleAsync();
        }

        Assert.IsType<RunState.Completed>((await harness.FindAsync(run.Id)).State);
        return await AnswersAsync(run);
    }

    private async Task<string[]> AnswersAsync(Run run)
    {
        await harness.SettleAsync();
        var saved = (await harness.FindAsync(run.Id)).Context["ask"]!.AsObject();
        Assert.NotEqual("pending", (string?)saved["outcome"]);
        return saved["answers"] is JsonArray answers ? [.. answers.Select(answer => (string)answer!["by"]!)] : [];
    }

    private async Task<Verdict> AnswerAsync(Run run, string by, string action = "ask") => await harness.Tasks.AcceptAsync(
        await TaskOfAsync(run, action), new JsonObject { ["note"] = "ok" }, As(by), default);

    private async Task<HumanTask> TaskOfAsync(Run run, string? action = null) =>
        (await store.TasksOfRunAsync(run.Id, default)).Last(task => action is null || task.Action == action);

    private static Submission As(string by) => new() { By = by, Verified = Verification.Session, MaxFileBytes = 1000 };

    private Task SaveAsync(string ruleSet) => harness.SaveWholeAsync("pay", ruleSet);

    private Task<Run> StartAsync(string context) => harness.StartAsync("pay", context);
}
