using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>The list of runs, the search over everything, and the overview lead members to a run.</summary>
public class FindingRuns(StudioHost host) : IClassFixture<StudioHost>
{
    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task The_list_shows_names_counts_and_short_ids_and_filters_by_text()
    {
        var word = Steps.Unique("Zebra");
        var run = await NamedAsync(word);
        var editor = await host.AsAsync("editor");

        var found = (await editor.PageAsync($"/studio/default/runs?q={word.ToUpperInvariant()}")).Is(200).Body;
        Assert.Contains($"Order {word}", found, StringComparison.Ordinal);
        Assert.Contains($"title=\"{run}\">{run[^8..]}</code>", found, StringComparison.Ordinal);
        Assert.Contains("<span class=\"count\">1</span>", found, StringComparison.Ordinal);
        Assert.Contains(run, (await editor.PageAsync($"/studio/default/runs?q={run}&created=day")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(run, (await editor.PageAsync($"/studio/default/runs?q={word}&created=older")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(run, (await editor.PageAsync($"/studio/default/runs?q={word}&status=failed")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains($"Order {word}", (await editor.PageAsync($"/studio/default/runs/{run}")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task Runs_that_deliver_for_others_are_behind_a_switch()
    {
        var asked = Steps.Asked((await Api.PostAsync("/api/interventions", """
            { "title": "Hook", "form": { "fields": [{ "name": "a", "type": "text" }] }, "continuation": { "webhook": "https://hooks.example/in" } }
            """)).Is(201));
        (await host.Anybody.SubmitAsync(asked.Path, """{ "a": "b" }""")).Is(200);
        var editor = await host.AsAsync("editor");

        Assert.DoesNotContain(">Webhook delivery</bdi></a>", (await editor.PageAsync("/studio/default/runs?status=all")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains(">Webhook delivery</bdi></a>", (await editor.PageAsync("/studio/default/runs?status=all&internal=true")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task One_search_finds_runs_tasks_and_rule_sets_by_name_and_by_id()
    {
        var word = Steps.Unique("Quokka");
        var run = await NamedAsync(word);
        var task = (await Api.PostAsync("/api/tasks", $$"""{ "title": "Feed {{word}}", "assignee": "ann@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }""")).Is(201).Text("/taskId");
        var editor = await host.AsAsync("editor");

        var page = (await editor.PageAsync($"/studio/search?q={word}")).Is(200).Body;
        Assert.Contains($"/studio/default/runs/{run}", page, StringComparison.Ordinal);
        Assert.Contains($"/studio/default/tasks/{task}", page, StringComparison.Ordinal);
        Assert.Contains($"/studio/default/rule-sets/named-{word}", (await editor.PageAsync($"/studio/search?q=named-{word}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains($"/studio/default/runs/{run}", (await editor.PageAsync($"/studio/search?q={run[..24]}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains($"/studio/default/tasks/{task}", (await editor.PageAsync($"/studio/search?q={task}")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains("action=\"/studio/search\"", (await editor.PageAsync("/studio/default/runs")).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task The_search_shows_nothing_of_other_environments_or_beyond_the_role()
    {
        var word = Steps.Unique("Narwhal");
        var run = await NamedAsync(word);
        var task = (await Api.PostAsync("/api/tasks", $$"""{ "title": "Feed {{word}}", "assignee": "ann@example.com", "form": { "fields": [{ "name": "a", "type": "text" }] } }""")).Is(201).Text("/taskId");

        foreach (var text in (string[])[word, run, task])
        {
            var stranger = (await (await host.AsAsync("stranger")).PageAsync($"/studio/search?q={text}")).Is(200).Body;
            var responder = (await (await host.AsAsync("responder")).PageAsync($"/studio/search?q={text}")).Is(200).Body;
            Assert.DoesNotContain("/studio/default/", stranger, StringComparison.Ordinal);
            Assert.DoesNotContain($"/runs/{run}", responder, StringComparison.Ordinal);
            Assert.DoesNotContain($"/tasks/{task}", responder, StringComparison.Ordinal);
            Assert.DoesNotContain("/rule-sets/", responder, StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task The_overview_groups_failures_by_cause_and_overdue_tasks_by_rule_set_and_leads_to_their_lists()
    {
        var failing = await Api.SaveAsync("""[{ "type": "email", "name": "tell", "to": "{{who?}}", "subject": "s", "body": "b" }]""");
        await Api.RunOverAsync((await Api.StartAsync(failing)).Text("/runId"), "failed");
        await Api.RunOverAsync((await Api.StartAsync(failing)).Text("/runId"), "failed");
        var late = await Api.SaveAsync("""[{ "type": "humanTask", "name": "ask", "title": "T", "assignee": "ann@example.com", "dueInHours": 0.00001, "form": { "fields": [{ "name": "a", "type": "text" }] } }]""");
        await Api.StartAsync(late);
        await Task.Delay(TimeSpan.FromSeconds(2.5)); // it is read again after two seconds

        var page = (await (await host.AsAsync("editor")).PageAsync("/studio/default/overview")).Is(200).Body;

        Assert.Contains($"runs?status=failed&amp;internal=true&amp;ruleSet={failing}\"><strong>2</strong>", page, StringComparison.Ordinal);
        Assert.Contains("Failed at tell: An email needs 1 to 50 recipients.", page, StringComparison.Ordinal);
        Assert.Contains($"tasks?status=pending&amp;due=overdue&amp;ruleSet={late}\"><strong>1</strong>", page, StringComparison.Ordinal);
        Assert.Contains("class=\"scale\">0</text>", page, StringComparison.Ordinal);
    }

    private async Task<string> NamedAsync(string word)
    {
        (await Api.PutAsync($"/api/rule-sets/named-{word}", """{ "title": "Order {{what}}", "actions": [{ "type": "set", "name": "s", "values": { "a": 1 } }] }""")).Is(201);
        var run = (await Api.StartAsync($"named-{word}", $$"""{ "context": { "what": "{{word}}" } }""")).Text("/runId");
        await Api.RunOverAsync(run);
        return run;
    }
}
