using System.Net;
using System.Text;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Runs;

/// <summary>
/// A server may answer any number, and a context of an older build may hold one: it is kept as it came, compared by its size,
/// shown, and never in the way of an answer.
/// </summary>
public sealed class NumbersBeyondADecimal
{
    [Theory]
    [InlineData("79228162514264337593543950336", true)]
    [InlineData("-79228162514264337593543950336", false)]
    [InlineData("1e400", true)]
    [InlineData("-1e400", false)]
    [InlineData("1e99999999999", true)]
    [InlineData("-1e99999999999", false)]
    public async Task An_http_answer_with_one_is_compared_shown_and_answered(string number, bool large)
    {
        using var harness = new EngineHarness();
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{ "n": {{number}}, "list": [{{number}}] }""", Encoding.UTF8, "application/json"),
        };
        await harness.SaveAsync("done", """[{ "type": "end", "output": "{{res.body.n}}" }]""");
        await harness.SaveAsync("call", """
            [{ "type": "http", "name": "h", "method": "GET", "url": "https://api.example/", "saveAs": "res" },
             { "type": "when", "if": { "path": "res.body.n", "op": "gt", "value": 1000 }, "then": [{ "type": "set", "values": { "large": true } }], "else": [{ "type": "set", "values": { "large": false } }] },
             { "type": "when", "if": { "path": "res.body.list", "op": "contains", "value": 5 }, "then": [{ "type": "end", "status": "failed" }] },
             { "type": "when", "if": { "path": "res.body", "op": "eq", "value": { "n": 5, "list": [5] } }, "then": [{ "type": "end", "status": "failed" }] },
             { "type": "humanIntervention", "name": "ask", "title": "Is {{res.body.n}} right?", "description": "{{res.body.n}}", "show": ["*"],
               "continuation": { "ruleSet": "done" },
               "form": { "fields": [{ "name": "answer", "type": "text" }, { "name": "n", "type": "number", "readOnly": true, "value": "{{res.body.n}}" }] } }]
            """);

        var run = await harness.StartAsync("call");
        var task = await harness.TaskOfAsync(run);
        Assert.Equal(large, (bool?)run.Context["large"]);
        Assert.IsType<Verdict.Accepted>(await harness.SubmitAsync(task, """{ "answer": "yes" }"""));
        await harness.SettleAsync();

        var next = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal(number, Assert.IsType<RunState.Completed>(next.State).Output!.ToJsonString());
    }

    [Fact]
    public async Task A_model_is_told_of_one_where_it_stands()
    {
        using var harness = new EngineHarness();
        harness.Model.CallsFor(("finish", """{ "result": { "n": 1e400 } }"""));
        harness.Model.CallsFor(("finish", """{ "result": { "n": 1 } }"""));
        await harness.SaveAsync("agent", """
            [{ "type": "agent", "name": "a", "instructions": "Count.", "assignee": "ada@example.com", "saveAs": "result" }]
            """);

        var run = await harness.StartAsync("agent");

        Assert.Equal("""{"n":1}""", run.Context["result"]!.ToJsonString());
    }
}
