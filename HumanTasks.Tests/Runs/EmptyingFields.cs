using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>
/// What a person emptied, and what their form did not ask, is null in the context that goes on and in the receipt. What a
/// program leaves out changes nothing.
/// </summary>
public sealed class EmptyingFields
{
    private const string Context = """{"discount":15,"comment":"of the first round","tags":["a"],"kept":"x","reason":"old"}""";

    private const string Form = """
        { "fields": [
          { "name": "discount", "type": "number", "value": "{{discount}}" },
          { "name": "comment", "type": "text", "value": "{{comment}}" },
          { "name": "tags", "type": "multiChoice", "options": [{ "value": "a" }], "value": "{{tags}}" },
          { "name": "decision", "type": "choice", "options": [{ "value": "approve" }, { "value": "reject" }] },
          { "name": "reason", "type": "text", "visibleWhen": { "field": "decision", "equals": "reject" } },
          { "name": "kept", "type": "text", "readOnly": true, "value": "{{kept}}" },
          { "name": "lines", "type": "table", "fields": [{ "name": "item", "type": "text" }, { "name": "price", "type": "number" }] }
        ] }
        """;

    [Theory]
    [InlineData("""{"discount":null}""", """{"discount":null,"comment":"of the first round","tags":["a"],"kept":"x","reason":null}""", """{"discount":null,"reason":null,"kept":"x"}""")]
    [InlineData("""{"comment":"","tags":[]}""", """{"discount":15,"comment":null,"tags":null,"kept":"x","reason":null}""", """{"comment":null,"tags":null,"reason":null,"kept":"x"}""")]
    [InlineData("""{"comment":"  "}""", """{"discount":15,"comment":null,"tags":["a"],"kept":"x","reason":null}""", """{"comment":null,"reason":null,"kept":"x"}""")]
    [InlineData("""{"decision":"reject","reason":"no"}""", """{"discount":15,"comment":"of the first round","tags":["a"],"kept":"x","decision":"reject","reason":"no"}""", """{"decision":"reject","reason":"no","kept":"x"}""")]
    [InlineData("""{"decision":"approve","reason":"no"}""", """{"discount":15,"comment":"of the first round","tags":["a"],"kept":"x","decision":"approve","reason":null}""", """{"decision":"approve","reason":null,"kept":"x"}""")]
    [InlineData("{}", """{"discount":15,"comment":"of the first round","tags":["a"],"kept":"x","reason":null}""", """{"reason":null,"kept":"x"}""")]
    [InlineData("""{"lines":[{"item":"Pen"},{"item":"","price":2}]}""", """{"discount":15,"comment":"of the first round","tags":["a"],"kept":"x","reason":null,"lines":[{"item":"Pen","price":null},{"item":null,"price":2}]}""", """{"reason":null,"kept":"x","lines":[{"item":"Pen","price":null},{"item":null,"price":2}]}""")]
    public async Task The_context_that_goes_on_and_the_receipt_say_the_same(string values, string context, string receipt)
    {
        using var harness = new EngineHarness();
        var (run, response) = await AnswerAsync(harness, values, Context);

        Assert.Equal(context, Assert.Single(await harness.ContinuationsAsync(run)).Context.ToJsonString(), JsonSame);
        Assert.Equal(receipt, PayloadOf(response)["values"]!.ToJsonString(), JsonSame);
    }

    [Fact]
    public async Task Whoever_is_told_of_the_answer_reads_no_empty_members()
    {
        using var harness = new EngineHarness();
        var (_, response) = await AnswerAsync(harness, """{ "comment": null, "discount": 0, "lines": [{ "item": "Pen", "price": null }] }""", Context);

        Assert.Equal("""{"discount":0,"kept":"x","lines":[{"item":"Pen"}]}""", response.GivenValues().ToJsonString());
    }

    [Fact]
    public async Task A_webhook_is_told_of_no_empty_values_and_of_the_context_as_it_goes_on()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "webhook": "https://hooks.example/" }, "form": {{Form}} }]
            """);
        var run = await harness.StartAsync("ask", Context);

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "comment": null }""");
        await harness.SettleAsync();

        var told = JsonNode.Parse(Assert.Single(harness.World.Requests).Body)!;
        Assert.Equal("""{"kept":"x"}""", told["values"]!.ToJsonString());
        Assert.True(told["context"]!.AsObject().ContainsKey("comment"));
        Assert.Null(told["context"]!["comment"]);
    }

    /// <summary>A loop: what goes on is asked again, with the same fields.</summary>
    [Fact]
    public async Task A_second_round_does_not_carry_the_comment_of_the_first_on()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("done", """[{ "type": "end", "output": "{{comment}}" }]""");
        await harness.SaveAsync("second", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "ruleSet": "done" },
               "form": { "fields": [{ "name": "comment", "type": "text", "value": "{{comment?}}" }] } }]
            """);
        await harness.SaveAsync("first", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "ruleSet": "second" },
               "form": { "fields": [{ "name": "comment", "type": "text" }] } }]
            """);
        var first = await harness.StartAsync("first");
        await harness.SubmitAsync(await harness.TaskOfAsync(first), """{ "comment": "not yet" }""");
        await harness.SettleAsync();
        var second = Assert.Single(await harness.ContinuationsAsync(first));

        await harness.SubmitAsync(await harness.TaskOfAsync(second), """{ "comment": null }""");
        await harness.SettleAsync();

        var done = Assert.Single(await harness.ContinuationsAsync(second));
        Assert.Null(Assert.IsType<RunState.Completed>(done.State).Output);
    }

    [Fact]
    public async Task The_result_of_a_task_holds_what_was_emptied_so_that_a_template_finds_it()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("assign", """
            [{ "type": "humanTask", "name": "check", "title": "T", "assignee": "ada@example.com", "saveAs": "check",
               "form": { "fields": [{ "name": "note", "type": "text" }, { "name": "left", "type": "text" }] } },
             { "type": "when", "if": { "path": "check.values.note", "op": "exists" },
               "then": [{ "type": "set", "values": { "said": true } }], "else": [{ "type": "set", "values": { "said": "-{{check.values.note}}-" } }] }]
            """);
        var run = await harness.StartAsync("assign");

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "" }""");
        await harness.SettleAsync();

        run = await harness.FindAsync(run.Id);
        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("--", (string?)run.Context["said"]);
        Assert.Equal("""{"note":null}""", run.Context["check"]!["values"]!.ToJsonString());
    }

    [Fact]
    public async Task A_default_response_empties_what_it_says_is_empty()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("done", """[{ "type": "end", "output": "{{comment}}{{other}}" }]""");
        await harness.SaveAsync("assign", """
            [{ "type": "humanTask", "name": "check", "title": "T", "assignee": "ada@example.com", "expiresInHours": 1,
               "continuation": { "ruleSet": "done" }, "default": { "values": { "comment": null } },
               "form": { "fields": [{ "name": "comment", "type": "text" }, { "name": "other", "type": "text" }] } }]
            """);
        var run = await harness.StartAsync("assign", """{ "comment": "a", "other": "b" }""");

        await harness.WaitAsync(TimeSpan.FromHours(2));

        Assert.Equal("b", (string?)Assert.IsType<RunState.Completed>(Assert.Single(await harness.ContinuationsAsync(run)).State).Output);
    }

    private static async Task<(Run Run, HumanResponse Response)> AnswerAsync(EngineHarness harness, string values, string context)
    {
        await harness.SaveAsync("done", """[{ "type": "end" }]""");
        await harness.SaveAsync("ask", $$"""
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "ruleSet": "done" }, "form": {{Form}} }]
            """);
        var run = await harness.StartAsync("ask", context);
        var task = await harness.TaskOfAsync(run);
        await harness.SubmitAsync(task, values);
        await harness.SettleAsync();
        return (run, Assert.Single(await harness.Store.ResponsesOfTaskAsync(task.Id, default)));
    }

    private static JsonObject PayloadOf(HumanResponse response) => JsonNode.Parse(
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(response.Receipt!.Split('.')[1])))!.AsObject();

    private static readonly IEqualityComparer<string> JsonSame = EqualityComparer<string>.Create(
        (one, other) => JsonNode.DeepEquals(JsonNode.Parse(one!), JsonNode.Parse(other!)));
}
