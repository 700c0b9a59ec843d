using System.Collections.Concurrent;
using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Hosting;

/// <summary>The traces of callers, through runs that wait and processes that end, to whoever is called.</summary>
public sealed class JoiningTraces : IAsyncLifetime
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";
    private const string OtherTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Ask = """{ "type": "humanTask", "name": "ask", "assignee": "ada@example.com", "notify": false, "title": "Well?", "form": { "fields": [{ "name": "ok", "type": "text", "label": "OK" }] } }""";

    private readonly ConcurrentDictionary<string, (string? Parent, string? State)> called = new();
    private readonly Uri address = HostProcess.FreeAddress();
    private WebApplication receiver = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.Urls.Add(address.ToString());
        receiver.Map("/{name}", (string name, HttpRequest request) =>
        {
            called[name] = ((string?)request.Headers["traceparent"], (string?)request.Headers["tracestate"]);
            return name == "gone" ? Results.NotFound() : Results.NoContent();
        });
        await receiver.StartAsync();
    }

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [OwnHostFact]
    public async Task The_callers_trace_goes_on_in_actions_and_continuations_after_a_restart()
    {
        await using var host = await HostProcess.StartNewAsync(Settings);
        using var api = new ApiClient(host.Address, host.ApiKey);
        var next = await api.SaveAsync($"[{Call("next")}]");
        var asking = await api.SaveAsync($$"""[{{Call("before")}}, {{Ask}}, {{Call("after")}}, { "type": "startRuleSet", "name": "go", "ruleSet": "{{next}}" }]""");
        var run = (await api.PostAsync(
            $"/api/rule-sets/{asking}/runs", "{}", ("traceparent", $"00-{Trace}-{Span}-01"), ("tracestate", "vendor=x"))).Is(202).Text("/runId");
        var task = await TaskAsync(api, run);

        await host.KillAsync();
        await host.StartAsync();
        (await api.PostAsync($"/api/tasks/{task}/responses", """{ "values": { "ok": "yes" } }""")).Is(200);
        await api.RunOverAsync(run);
        await Steps.UntilAsync(() => api.GetAsync($"/api/runs/{run}"), _ => called.ContainsKey("next"));

        var parents = new[] { "before", "after", "next" }.Select(name => called[name]).ToArray();
        Assert.All(parents, carried =>
        {
            Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-01$", carried.Parent);
            Assert.DoesNotContain(Span, carried.Parent, StringComparison.Ordinal);
            Assert.Equal("vendor=x", carried.State);
        });
        Assert.Equal(3, parents.Select(carried => carried.Parent).Distinct().Count());
    }

    [OwnHostFact]
    public async Task What_an_answer_sets_going_belongs_to_the_trace_of_who_answered()
    {
        await using var host = await HostProcess.StartNewAsync(Settings);
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var asked = Steps.Asked((await api.PostAsync(
            "/api/interventions",
            $$"""{ "title": "T", "form": { "fields": [{ "name": "ok", "type": "text" }] }, "continuation": { "webhook": "{{address}}hook" } }""",
            ("traceparent", $"00-{Trace}-{Span}-01"))).Is(201));

        await anybody.PostAsync(asked.Path, """{ "values": { "ok": "yes" } }""", ("traceparent", $"00-{OtherTrace}-{Span}-01"));
        await Steps.UntilAsync(() => api.GetAsync("/api/webhooks/deliveries?status=delivered"), reply => reply["/items/0"] is not null);

        Assert.StartsWith($"00-{OtherTrace}-", called["hook"].Parent, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task A_malformed_trace_is_ignored_and_an_authors_own_header_stays()
    {
        await using var host = await HostProcess.StartNewAsync(Settings);
        using var api = new ApiClient(host.Address, host.ApiKey);
        var own = $"00-{OtherTrace}-{Span}-00";
        var calling = await api.SaveAsync($"[{Call("plain")}, {Call("own", $$""", "headers": { "traceparent": "{{own}}" }""")}]");

        foreach (var wrong in new[] { "nonsense", $"00-{new string('0', 32)}-{Span}-01", $"00-{Trace}-{new string('0', 16)}-01", $"00-{Trace.ToUpperInvariant()}-{Span}-01", $"ff-{Trace}-{Span}-01", $"00-{Trace}-{Span}-01-more" })
        {
            var run = (await api.PostAsync($"/api/rule-sets/{calling}/runs", "{}", ("traceparent", wrong), ("tracestate", "vendor=x"))).Is(202).Text("/runId");
            await api.RunOverAsync(run);

            Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", called["plain"].Parent);
            Assert.DoesNotContain(Trace, called["plain"].Parent, StringComparison.Ordinal);
            Assert.Null(called["plain"].State);
            Assert.Equal((own, null), called["own"]);
        }

        await api.RunOverAsync((await api.PostAsync(
            $"/api/rule-sets/{calling}/runs", "{}", ("traceparent", $"00-{Trace}-{Span}-00"), ("tracestate", $"vendor={new string('x', 600)}"))).Is(202).Text("/runId"));
        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-00$", called["plain"].Parent);
        Assert.Null(called["plain"].State); // longer than what has to be passed on
    }

    [OwnHostFact]
    public async Task A_collector_sees_the_trace_what_failed_and_the_name_that_the_operator_gave()
    {
        await using var collector = new Collector();
        await collector.StartAsync();
        await using var host = await HostProcess.StartNewAsync(collector.Receive(Settings)
            .With("OTEL_SERVICE_NAME", "asking-people")
            .With("OTEL_RESOURCE_ATTRIBUTES", "service.name=passed-over,deployment.environment=test-floor"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        var failing = await api.SaveAsync($"[{Call("gone?secret=4711")}]");
        var run = (await api.PostAsync($"/api/rule-sets/{failing}/runs", "{}", ("traceparent", $"00-{Trace}-{Span}-01"))).Is(202).Text("/runId");
        await api.RunOverAsync(run, "failed");
        await host.StopAsync();

        Assert.All(
            new[] { "asking-people", "test-floor", "effect http", "http.request.method", "server.address", "http.response.status_code", "error.type", "http.status.404", "run.failed" },
            told => Assert.Contains(told, collector.Received, StringComparison.Ordinal));
        Assert.DoesNotContain("passed-over", collector.Received, StringComparison.Ordinal);
        Assert.DoesNotMatch("service\\.name.{1,6}humantasks", collector.Received);
        Assert.DoesNotContain("4711", collector.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("/gone", collector.Received, StringComparison.Ordinal);
        var trace = Encoding.Latin1.GetString(Convert.FromHexString(Trace));
        Assert.True(collector.Received.Split(trace).Length > 3, "The request, the turn and the call are spans of the caller's trace.");
        Assert.StartsWith($"00-{Trace}-", called["gone"].Parent, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(called["gone"].Parent!.Split('-')[2])), collector.Received, StringComparison.Ordinal);
    }

    private static HostSettings Settings => new HostSettings().With("HumanTasks:AllowPrivateAddresses", "true");

    private string Call(string name, string more = "") =>
        $$"""{ "type": "http", "name": "{{name.Split('?')[0]}}", "method": "POST", "url": "{{address}}{{name}}"{{more}} }""";

    private static async Task<string> TaskAsync(ApiClient api, string run) =>
        (await Steps.UntilAsync(() => api.GetAsync($"/api/runs/{run}"), reply => reply["/tasks/0/id"] is not null)).Text("/tasks/0/id");
}
