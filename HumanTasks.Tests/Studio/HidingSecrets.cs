using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Studio;

/// <summary>A member who watches sees no secret of a run, of what it started, of its tasks, deliveries and receipts; a key does.</summary>
public sealed class HidingSecrets(StudioHost host) : IClassFixture<StudioHost>
{
    private const string Iban = "DE89370400440532013000";
    private const string Typed = "AT611904300234573201";

    [OwnHostFact]
    public async Task Whatever_a_member_opens_hides_what_a_secret_path_held()
    {
        var next = await SaveAsync("""{ "actions": [{ "type": "set", "values": { "copy": "{{customer.iban}} {{account}}" } }, { "type": "end", "output": { "said": "{{copy}}" } }] }""");
        var name = await SaveAsync($$$"""
            { "secrets": ["customer.iban", "account", "items.iban"], "actions": [
              { "type": "set", "values": { "other": "{{customer.iban}}" } },
              { "type": "startRuleSet", "ruleSet": "{{{next}}}", "context": { "customer": "{{customer}}", "account": "{{other}}" } },
              { "type": "humanIntervention", "name": "ask", "title": "Pay {{customer.iban}}", "show": ["customer"], "description": "To {{other}}",
                "form": { "fields": [{ "name": "account", "type": "text", "label": "Account", "value": "{{other}}" }] }, "continuation": { "ruleSet": "{{{next}}}" } }] }
            """);
        var started = (await host.Api.PostAsync($"/api/rule-sets/{name}/runs", $$"""{ "context": { "customer": { "iban": "{{Iban}}" }, "items": [{ "iban": "{{Iban}}" }] } }""")).Is(202);
        var run = started.Text("/runId");
        var task = (await Steps.UntilAsync(() => host.Api.GetAsync($"/api/tasks?runId={run}"), found => found["/items"]!.AsArray().Count > 0)).Text("/items/0/id");
        (await host.Api.PostAsync($"/api/tasks/{task}/responses", $$"""{ "values": { "account": "{{Typed}}" } }""")).Is(200);
        var over = await Steps.UntilAsync(() => host.Api.GetAsync($"/api/runs/{run}"), found => found["/continuations"]!.AsArray().Count == 2);
        string[] runs = [run, .. over["/continuations"]!.AsArray().Select(id => id!.GetValue<string>())];
        foreach (var id in runs)
        {
            await host.Api.RunOverAsync(id);
        }

        Assert.Contains(Iban, (await host.Api.GetAsync($"/api/runs/{run}")).Body, StringComparison.Ordinal);
        Assert.Contains(Typed, (await host.Api.GetAsync($"/api/tasks/{task}")).Body, StringComparison.Ordinal);

        var viewer = await host.AsAsync("viewer");
        string[] paths =
        [
            .. runs.SelectMany(id => (string[])[$"/api/runs/{id}", $"/api/runs/{id}/log", $"/api/runs/{id}/transcript", $"/api/runs/{id}/receipts", $"/studio/default/runs/{id}"]),
            $"/api/tasks/{task}", $"/api/tasks/{task}/timeline", $"/api/tasks/{task}/comments", $"/api/tasks/{task}/schema", $"/api/tasks?runId={run}", "/api/tasks", "/api/runs",
            "/api/webhooks/deliveries", $"/studio/default/tasks/{task}", "/studio/default/tasks?status=all", "/studio/default/runs",
        ];
        foreach (var path in paths)
        {
            var seen = await (path.StartsWith("/studio", StringComparison.Ordinal) ? viewer.PageAsync(path) : viewer.GetAsync(path));
            seen.Is(200);
            Assert.False(seen.Body.Contains(Iban, StringComparison.Ordinal), $"{path} shows the value of the context.");
            Assert.False(seen.Body.Contains(Typed, StringComparison.Ordinal), $"{path} shows what was typed.");
        }

        Assert.Empty((await viewer.GetAsync("/api/tasks?q=DE893704"))["/items"]!.AsArray());
        Assert.NotEmpty((await host.Api.GetAsync("/api/tasks?q=DE893704"))["/items"]!.AsArray());
        Assert.Empty((await viewer.GetAsync($"/api/runs/{run}/receipts"))["/items"]!.AsArray());
        Assert.NotEmpty((await host.Api.GetAsync($"/api/runs/{run}/receipts"))["/items"]!.AsArray());
    }

    [OwnHostFact]
    public async Task Whoever_can_answer_a_task_sees_what_it_shows()
    {
        var name = await SaveAsync("""
            { "secrets": ["iban"], "actions": [{ "type": "humanTask", "name": "ask", "assignee": "responder@example.com", "title": "Pay {{iban}}", "show": ["iban"], "form": { "fields": [{ "name": "ok", "type": "boolean" }] } }] }
            """);
        var run = (await host.Api.PostAsync($"/api/rule-sets/{name}/runs", $$"""{ "context": { "iban": "{{Iban}}" } }""")).Is(202).Text("/runId");
        var task = (await Steps.UntilAsync(() => host.Api.GetAsync($"/api/tasks?runId={run}"), found => found["/items"]!.AsArray().Count > 0)).Text("/items/0/id");

        Assert.Contains(Iban, (await (await host.AsAsync("responder")).PageAsync($"/studio/default/tasks/{task}")).Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Iban, (await (await host.AsAsync("viewer")).PageAsync($"/studio/default/tasks/{task}")).Is(200).Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_mail_and_a_task_of_nothing_but_brackets_are_shown_among_the_others()
    {
        var brackets = new string('[', 300);
        var name = await SaveAsync($$"""
            { "actions": [{ "type": "email", "to": "brackets@example.com", "subject": "Brackets", "body": "{{brackets}}" },
              { "type": "humanTask", "name": "ask", "assignee": "responder@example.com", "title": "Brackets", "description": "{{brackets}}", "form": { "fields": [{ "name": "ok", "type": "boolean" }, { "name": "d", "type": "display", "markdown": "{{brackets}}" }] } }] }
            """);
        var run = (await host.Api.PostAsync($"/api/rule-sets/{name}/runs", "{}")).Is(202).Text("/runId");
        var task = (await Steps.UntilAsync(() => host.Api.GetAsync($"/api/tasks?runId={run}"), found => found["/items"]!.AsArray().Count > 0)).Text("/items/0/id");

        Assert.Contains(brackets, (await host.Anybody.GetAsync("/dev/mail")).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains(brackets, (await host.Anybody.GetAsync("/dev/mail", ("Accept", "text/html"))).Is(200).Body, StringComparison.Ordinal);
        Assert.Contains(brackets, (await (await host.AsAsync("responder")).PageAsync($"/studio/default/tasks/{task}")).Is(200).Body, StringComparison.Ordinal);
    }

    private async Task<string> SaveAsync(string ruleSet)
    {
        var name = Steps.Unique("secrets");
        (await host.Api.PutAsync($"/api/rule-sets/{name}", ruleSet)).Is(201);
        return name;
    }
}
