using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

/// <summary>A run's page says what happened, why, and what to do now.</summary>
public class DiagnosingARun(DiagnosingARun.CallingHost host) : IClassFixture<DiagnosingARun.CallingHost>
{
    private ApiClient Api => host.Api;

    [OwnHostFact]
    public async Task A_failed_call_is_shown_with_its_request_its_answer_and_the_next_step()
    {
        var run = await FailedAsync("");

        var page = (await (await host.AsAsync("editor")).PageAsync($"/studio/default/runs/{run}")).Is(200).Body;

        Assert.Contains($"Failed at call: GET {host.Address.Authority} returned 401. Check the credentials of the call, then retry.", page, StringComparison.Ordinal);
        Assert.Contains($"GET {host.Address.Authority}/api/runs", page, StringComparison.Ordinal);
        Assert.Contains("Status 401", page, StringComparison.Ordinal);
        Assert.Contains("Retry from call", page, StringComparison.Ordinal);
        Assert.Contains("Not reached", page, StringComparison.Ordinal);
        Assert.Contains("data-local=\"second\"", page, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task What_a_failed_answer_said_is_for_owners_and_editors_only_and_in_no_answer_of_the_api()
    {
        const string Said = "Beginning of the answer";
        var (kept, unkept) = (await FailedAsync("\"keepErrors\": true,"), await FailedAsync(""));
        async Task<string> PageAsync(string who, string run) => (await (await host.AsAsync(who)).PageAsync($"/studio/default/runs/{run}")).Is(200).Body;

        foreach (var who in (string[])["owner", "editor"])
        {
            Assert.Contains(Said, await PageAsync(who, kept), StringComparison.Ordinal);
            Assert.DoesNotContain(Said, await PageAsync(who, unkept), StringComparison.Ordinal);
        }

        Assert.Contains("&quot;type&quot;", await PageAsync("owner", kept), StringComparison.Ordinal);
        Assert.DoesNotContain(Said, await PageAsync("viewer", kept), StringComparison.Ordinal);
        Assert.DoesNotContain("correlationId&quot;", await PageAsync("viewer", kept), StringComparison.Ordinal);
        foreach (var path in (string[])["", "/log"])
        {
            Assert.DoesNotContain("unauthorized", (await Api.GetAsync($"/api/runs/{kept}{path}")).Is(200).Body, StringComparison.Ordinal);
        }
    }

    [OwnHostFact]
    public async Task A_quorum_with_one_of_two_responses_waits()
    {
        var name = await Api.SaveAsync("""
            [{ "type": "humanTask", "name": "vote", "title": "Vote", "assignees": ["ann@example.com", "bob@example.com", "cyd@example.com"], "need": 2, "form": { "fields": [{ "name": "note", "type": "text" }] } },
             { "type": "set", "name": "after", "values": { "a": 1 } }]
            """);
        var run = (await Api.StartAsync(name)).Text("/runId");
        var task = (await Api.RunAsync(run)).Text("/tasks/0/id");
        (await Api.PostAsync($"/api/tasks/{task}/responses", """{ "values": {}, "by": "ann@example.com" }""")).Is(200);

        var page = (await (await host.AsAsync("viewer")).PageAsync($"/studio/default/runs/{run}")).Is(200).Body;

        Assert.Contains("Waiting: 1 of 2 responses", page, StringComparison.Ordinal);
        Assert.Contains("To come", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Done<", page, StringComparison.Ordinal);
    }

    private async Task<string> FailedAsync(string members)
    {
        var name = await Api.SaveAsync($$"""
            [{ "type": "http", "name": "call", {{members}} "url": "{{host.Address}}api/runs" }, { "type": "set", "name": "after", "values": { "a": 1 } }]
            """);
        var run = (await Api.StartAsync(name)).Text("/runId");
        await Api.RunOverAsync(run, "failed");
        return run;
    }

    /// <summary>A host that may call itself.</summary>
    public sealed class CallingHost : StudioHost
    {
        private protected override HostSettings Own => Settings.With("HumanTasks:AllowPrivateAddresses", "true");
    }
}
