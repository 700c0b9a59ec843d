using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>A run has a name: the title of its rule set, otherwise that of its first task.</summary>
public sealed class NamingARun : IDisposable
{
    private const string Ask = """{ "type": "humanTask", "name": "ask", "title": "Approve {{what}}", "assignee": "ann@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }""";

    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task The_title_of_the_rule_set_names_it()
    {
        var run = await StartAsync("""{ "title": "Order {{order.number}}  of {{order.customer?}}", "actions": [ASK] }""", """{ "what": "oak", "order": { "number": 7 } }""");

        Assert.Equal("Order 7 of", run.Title);
    }

    [Fact]
    public async Task Without_a_title_the_first_task_names_it_for_good()
    {
        var run = await StartAsync("""{ "actions": [ASK, { "type": "humanTask", "name": "more", "title": "Second", "assignee": "ann@example.com", "form": { "fields": [{ "name": "note", "type": "text" }] } }] }""", """{ "what": "oak" }""");
        Assert.Equal("Approve oak", run.Title);

        await harness.SubmitAsync(await harness.TaskOfAsync(run), "{}");
        await harness.SettleAsync();

        Assert.Equal("Approve oak", (await harness.FindAsync(run.Id)).Title);
    }

    [Fact]
    public async Task A_title_whose_value_comes_later_names_it_then()
    {
        var run = await StartAsync("""{ "title": "Note {{ask.values.note}}", "actions": [ASK, { "type": "set", "name": "s", "values": { "a": 1 } }] }""", """{ "what": "oak" }""");
        Assert.Equal("Approve oak", run.Title);

        await harness.SubmitAsync(await harness.TaskOfAsync(run), """{ "note": "fine" }""");
        await harness.SettleAsync();

        Assert.Equal("Note fine", (await harness.FindAsync(run.Id)).Title);
    }

    [Fact]
    public async Task Secrets_are_never_in_it()
    {
        var run = await StartAsync("""{ "secrets": ["iban"], "title": "Pay {{iban}}", "actions": [{ "type": "set", "name": "s", "values": { "a": 1 } }] }""", """{ "iban": "DE02120300000000202051" }""");

        Assert.StartsWith("Pay ••", run.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{secret.ERP}}")]
    [InlineData("{{askLink}}")]
    [InlineData("{{not a path}}")]
    public void Configured_secrets_links_and_what_is_no_template_are_refused(string title)
    {
        var problems = new Problems();
        RuleSetReader.Read(
            System.Text.Json.JsonElement.Parse($$"""{ "title": "{{title}}", "actions": [{{Ask.Replace("\"name\": \"ask\",", "\"name\": \"ask\", \"linkContextKey\": \"askLink\",", StringComparison.Ordinal)}}] }"""), problems, harness.Environment.Limits);

        Assert.Equal("/title", Assert.Single(problems).Pointer);
    }

    private async Task<Run> StartAsync(string ruleSet, string context)
    {
        await harness.SaveWholeAsync("named", ruleSet.Replace("ASK", Ask, StringComparison.Ordinal));
        return await harness.StartAsync("named", context);
    }
}
