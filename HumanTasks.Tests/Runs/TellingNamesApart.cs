using System.Net;
using System.Text;
using System.Text.Json;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>Keys that differ only in case are two keys, wherever JSON comes from.</summary>
public sealed class TellingNamesApart
{
    private const string Twins = """{"id":1,"ID":2,"nested":{"a":[{"k":1,"K":2}],"A":null}}""";

    [Fact]
    public async Task A_context_with_twin_keys_goes_on_as_it_came()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("done", """[{ "type": "end", "output": "{{id}} {{ID}} {{nested.a.0.K}}" }]""");
        await harness.SaveAsync("ask", $"[{Actions.Ask()}]");

        // from the store, as the host reads it, whoever wrote it and when
        var run = await harness.StartAsync("ask", Twins);
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "answer": "yes" }""");
        await harness.SettleAsync();

        var next = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal("1 2 2", (string?)Assert.IsType<RunState.Completed>(next.State).Output);
        Assert.Equal(Twins[..^1] + ""","answer":"yes"}""", next.Context.ToJsonString());
    }

    [Fact]
    public async Task A_run_with_twin_keys_can_be_cancelled()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("ask", $"[{Actions.Ask()}]");
        var run = await harness.StartAsync("ask", Twins);

        await harness.Runs.CancelAsync(EngineHarness.EnvironmentId, run.Id, null, null, default);

        Assert.IsType<RunState.Cancelled>((await harness.FindAsync(run.Id)).State);
    }

    [Fact]
    public async Task An_http_answer_with_twin_keys_is_read_by_each_of_them()
    {
        using var harness = new EngineHarness();
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{ "id": 7, "ID": "abc", "Id": null }""", Encoding.UTF8, "application/json"),
        };
        await harness.SaveAsync("call", """
            [{ "type": "http", "name": "h", "method": "GET", "url": "https://api.example/", "saveAs": "res" },
             { "type": "set", "name": "s", "values": { "v": "{{res.body.id}}", "V": "{{res.body.ID}}" } }]
            """);

        var run = await harness.StartAsync("call");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal(7, (int?)run.Context["v"]);
        Assert.Equal("abc", (string?)run.Context["V"]);
    }

    /// <summary>An older build saved such forms; a stored definition is never refused.</summary>
    [Fact]
    public async Task A_stored_form_whose_fields_differ_only_in_case_is_answered_in_both()
    {
        using var harness = new EngineHarness();
        await harness.SaveAsync("done", Actions.Done);
        await harness.RuleSets.SaveRuleSetAsync(
            EngineHarness.EnvironmentId,
            "old",
            Encoding.UTF8.GetBytes("""
                { "actions": [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "ruleSet": "done" },
                  "form": { "fields": [
                    { "name": "note", "type": "text", "label": { "en": "Note", "EN": "Remark" }, "value": "{{x?}}" },
                    { "name": "Note", "type": "text" },
                    { "name": "rows", "type": "table", "fields": [{ "name": "a", "type": "text" }, { "name": "A", "type": "text" }] }] } }] }
                """),
            harness.Time.GetUtcNow(),
            null,
            default);

        var run = await harness.StartAsync("old");
        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "1", "Note": "2", "rows": [{ "a": "3", "A": "4" }] }""");
        await harness.SettleAsync();

        var next = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal("""{"note":"1","Note":"2","rows":[{"a":"3","A":"4"}]}""", JsonSerializer.Serialize(next.Context));
    }
}
