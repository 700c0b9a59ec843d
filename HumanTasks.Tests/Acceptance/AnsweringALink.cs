using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A human intervention, from its link to the continuation, as programs do it.</summary>
public class AnsweringALink(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Approve = """{ "decision": "approve", "amount": 1100 }""";

    [Fact]
    public async Task A_link_shows_what_is_asked_with_its_templates_resolved()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2, \"show\": [\"*\"],");

        var shown = (await Anybody.GetAsync(asked.Path)).Is(200);

        shown.Json.MustHave("title", "description", "form", "context", "expiresAt", "usesLeft");
        Assert.Equal("application/json", shown.ContentType);
        Assert.Equal("Approve invoice R-17", shown.Text("/title"));
        Assert.Contains("asks for 1200.5 EUR", shown.Text("/description").Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1200.5m, shown["/form/fields/1/value"]!.GetValue<decimal>());
        Assert.Equal("Send decision", shown.Text("/form/submitLabel"));
        shown["/context"].MustEqual(Steps.InvoiceContext);
        Assert.Equal(2, shown["/usesLeft"]!.GetValue<int>());
        Assert.EndsWith("Z", shown.Text("/expiresAt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_queues_the_continuation_once_with_the_input_under_the_same_correlation_id()
    {
        var asked = await Api.InterveneAsync($"\"correlationId\": \"{Steps.Unique("once")}\",");

        var accepted = (await Anybody.SubmitAsync(asked.Path, Approve)).Is(200);

        accepted.Json.MustHaveMembers("correlationId", "runId", "responseId", "usesLeft");
        Assert.Equal(asked.CorrelationId, accepted.Text("/correlationId"));
        Assert.Equal(0, accepted["/usesLeft"]!.GetValue<int>());
        var continued = await Api.RunOverAsync(accepted.Text("/runId"));
        var paused = await Api.RunOverAsync(asked.RunId);
        continued["/output"].MustEqual(Approve);
        continued["/context"].MustEqual("""
            { "invoice": { "number": "R-17", "supplier": "Meyer & Söhne", "amount": 1200.5 }, "amount": 1100, "decision": "approve" }
            """);
        Assert.Equal(asked.CorrelationId, continued.Text("/correlationId"));
        Assert.Equal(asked.RunId, continued.Text("/continuedFrom"));
        paused["/continuations"].MustEqual($"""["{continued.Text("/id")}"]""");
        Assert.Equal(2, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [Fact]
    public async Task The_paused_run_itself_goes_on_after_the_last_use_with_its_own_context()
    {
        var continuation = await Api.SaveContinuationAsync();
        var name = await Api.SaveAsync($$"""
            [
              { "type": "humanIntervention", "name": "sign", "title": "Sign", "maxUses": 2,
                "form": { "fields": [{ "name": "signer", "type": "text", "label": "Name" }] },
                "continuation": { "ruleSet": "{{continuation}}" } },
              { "type": "end", "name": "all", "output": "{{"{{signer?}}"}}all signed" }
            ]
            """);
        var started = await Api.StartAsync(name);
        var path = Steps.PathOf(started.Text("/links/signLink"));

        Assert.Equal(1, (await Anybody.SubmitAsync(path, """{ "signer": "Ada" }""")).Is(200)["/usesLeft"]!.GetValue<int>());
        Assert.Equal("paused", (await Api.RunAsync(started.Text("/runId"))).Text("/status"));
        Assert.Equal(0, (await Anybody.SubmitAsync(path, """{ "signer": "Grace" }""")).Is(200)["/usesLeft"]!.GetValue<int>());
        (await Anybody.SubmitAsync(path, """{ "signer": "Joan" }""")).IsProblem(410, "link-used-up");

        var run = await Api.RunOverAsync(started.Text("/runId"));
        Assert.Equal("all signed", run.Text("/output"));
        Assert.Equal(2, run["/continuations"]!.AsArray().Count);
        Assert.Equal(3, (await Api.RunsUnderAsync(started.Text("/correlationId"))).Count);
    }

    [Fact]
    public async Task Of_many_answers_at_once_on_the_last_use_one_is_accepted()
    {
        var asked = await Api.InterveneAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Anybody.SubmitAsync(asked.Path, $$"""{ "decision": "approve", "amount": {{i}} }""")));

        var accepted = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != accepted), answer => answer.IsProblem(410, "link-used-up"));
        await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal(2, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [Fact]
    public async Task Of_many_answers_at_once_as_many_are_accepted_as_there_are_uses()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 5,");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Anybody.SubmitAsync(asked.Path, $$"""{ "decision": "approve", "amount": {{i}} }""")));

        var accepted = answers.Where(answer => answer.Status == 200).ToArray();
        Assert.Equal(5, accepted.Length);
        Assert.Equal([0, 1, 2, 3, 4], accepted.Select(answer => answer["/usesLeft"]!.GetValue<int>()).Order());
        var runs = await Task.WhenAll(accepted.Select(answer => Api.RunOverAsync(answer.Text("/runId"))));
        Assert.Equal(5, runs.Select(run => run.Text("/id")).Distinct().Count());
        Assert.Equal(5, runs.Select(run => run["/context/amount"]!.GetValue<int>()).Distinct().Count());
        Assert.Equal(6, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [Fact]
    public async Task The_same_key_is_the_same_submission_with_the_same_answer()
    {
        var asked = await Api.InterveneAsync();

        var first = (await Anybody.SubmitAsync(asked.Path, Approve, "click")).Is(200);
        var second = (await Anybody.SubmitAsync(asked.Path, Approve, "click")).Is(200);

        Assert.Equal(first.Body, second.Body);
        await Api.RunOverAsync(first.Text("/runId"));
        Assert.Equal(2, (await Api.RunsUnderAsync(asked.CorrelationId)).Count);
    }

    [Fact]
    public async Task The_same_key_many_times_at_once_is_one_submission()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 10,");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Anybody.SubmitAsync(asked.Path, Approve, "click")));

        Assert.Single(answers.Select(answer => answer.Is(200).Text("/responseId")).Distinct());
        Assert.Equal(9, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_same_key_with_other_input_is_refused()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2,");
        (await Anybody.SubmitAsync(asked.Path, Approve, "click")).Is(200);

        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve", "amount": 1 }""", "click"))
            .IsProblem(422, "idempotency-key-reused");

        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        var asked = await Api.InterveneAsync();
        var task = await Api.TaskAsync(asked.TaskId);
        var run = await Api.RunAsync(asked.RunId);

        foreach (var accept in new[] { "application/json", "text/html", "*/*" })
        {
            (await Anybody.GetAsync(asked.Path, ("Accept", accept))).Is(200);
            Assert.Empty((await Anybody.SendAsync(HttpMethod.Head, asked.Path, null, ("Accept", accept))).Is(200).Body);
        }

        Assert.Equal(run.Body, (await Api.RunAsync(asked.RunId)).Body);
        Assert.Equal(Status(task), Status(await Api.TaskAsync(asked.TaskId)));
        (await Anybody.SubmitAsync(asked.Path, Approve)).Is(200);

        static (string, int) Status(Reply task) => (task.Text("/status"), task["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task Every_problem_of_an_input_is_answered_at_once_and_nothing_is_used()
    {
        var asked = await Api.InterveneAsync(form: """
            { "fields": [
              { "name": "text", "type": "text", "required": true, "minLength": 3 },
              { "name": "code", "type": "text", "pattern": "[A-Z]{2}", "message": "Two capital letters, please." },
              { "name": "number", "type": "number", "min": 1, "max": 5, "step": 0.5 },
              { "name": "integer", "type": "integer" },
              { "name": "date", "type": "date", "min": "2026-01-01" },
              { "name": "dateTime", "type": "dateTime" },
              { "name": "time", "type": "time", "max": "12:00" },
              { "name": "email", "type": "email" },
              { "name": "url", "type": "url" },
              { "name": "boolean", "type": "boolean" },
              { "name": "choice", "type": "choice", "options": [{ "value": "a" }] },
              { "name": "multi", "type": "multiChoice", "options": [{ "value": "a" }, { "value": "b" }] },
              { "name": "file", "type": "file" } ] }
            """);

        var refused = (await Anybody.SubmitAsync(asked.Path, """
            {
              "text": "ab", "code": "x", "number": 1.3, "integer": 1.5, "date": "2025-02-30", "dateTime": "tomorrow",
              "time": "13:00", "email": "nobody", "url": "javascript:alert(1)", "boolean": "perhaps", "choice": "b",
              "multi": ["a", "c"], "file": { "fileId": "x", "name": "a.pdf", "contentType": "application/pdf", "size": 1, "sha256": "" },
              "stranger": 1
            }
            """)).IsProblem(422, "invalid-form-input");

        string[] names =
        [
            "text", "code", "number", "integer", "date", "dateTime", "time", "email", "url", "boolean", "choice", "multi",
            "file", "stranger",
        ];
        foreach (var name in names)
        {
            refused.HasProblemAt($"/values/{name}");
        }

        Assert.Equal(names.Length, refused["/errors"]!.AsArray().Count);
        Assert.Contains("Two capital letters, please.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(asked.CorrelationId, refused.Text("/correlationId"));
        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task Values_keep_their_types()
    {
        const string Values = """
            {
              "text": "Größe <b>", "number": 2.50, "integer": -3, "date": "2026-11-22", "time": "14:30", "email": "a@b.example",
              "url": "https://example.com/?a=1", "boolean": false, "choice": "a", "multi": ["b", "a"]
            }
            """;
        var asked = await Api.InterveneAsync(form: """
            { "fields": [
              { "name": "text", "type": "text" }, { "name": "number", "type": "number" }, { "name": "integer", "type": "integer" },
              { "name": "date", "type": "date" }, { "name": "time", "type": "time" }, { "name": "email", "type": "email" },
              { "name": "url", "type": "url" }, { "name": "boolean", "type": "boolean", "required": true },
              { "name": "choice", "type": "choice", "options": [{ "value": "a" }] },
              { "name": "multi", "type": "multiChoice", "options": [{ "value": "a" }, { "value": "b" }] } ] }
            """);

        var accepted = (await Anybody.SubmitAsync(asked.Path, Values)).Is(200);

        var context = (await Api.RunOverAsync(accepted.Text("/runId")))["/context"]!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(Values)!.AsObject())
        {
            Assert.True(
                JsonNode.DeepEquals(value, context[name]) || (name == "time" && context.Text("/time").StartsWith("14:30", StringComparison.Ordinal)),
                $"{name}: {context[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_field_that_is_not_shown_is_neither_asked_for_nor_taken()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2,");

        (await Anybody.SubmitAsync(asked.Path, """{ "decision": "reject" }"""))
            .IsProblem(422, "invalid-form-input")
            .HasProblemAt("/values/reason");
        var accepted = (await Anybody.SubmitAsync(asked.Path, """{ "decision": "approve", "reason": "not shown" }""")).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Null(run["/context/reason"]);
    }

    [Fact]
    public async Task A_read_only_field_keeps_its_own_value()
    {
        var asked = await Api.InterveneAsync(form: """
            { "fields": [{ "name": "total", "type": "number", "readOnly": true, "value": "{{invoice.amount}}" },
                         { "name": "ok", "type": "boolean" }] }
            """);

        var accepted = (await Anybody.SubmitAsync(asked.Path, """{ "total": 1, "ok": true }""")).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal(1200.5m, run["/context/total"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("{}", 422, "invalid-request")]
    [InlineData("""{ "values": [] }""", 400, "malformed-request")]
    [InlineData("""{ "values": {}, "more": 1 }""", 400, "malformed-request")]
    [InlineData("""{ "values": { "decision": "approve", "decision": "reject" } }""", 400, "malformed-request")]
    [InlineData("""{ "values": { """, 400, "malformed-request")]
    [InlineData("""[]""", 400, "malformed-request")]
    public async Task A_body_that_is_no_submission_uses_nothing(string body, int status, string slug)
    {
        var asked = await Api.InterveneAsync();

        (await Anybody.PostAsync(asked.Path, body)).IsProblem(status, slug);

        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_body_of_another_kind_is_415()
    {
        var asked = await Api.InterveneAsync();

        (await Anybody.SendAsync(HttpMethod.Post, asked.Path, new StringContent("decision: approve")))
            .IsProblem(415, "unsupported-media-type");
    }
}
