using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Hosting;

/// <summary>Traces and metrics by OTLP, as a collector gets them.</summary>
public sealed class TellingWhatItDoes : IAsyncLifetime
{
    private readonly Collector collector = new();

    public Task InitializeAsync() => collector.StartAsync();

    public async Task DisposeAsync() => await collector.DisposeAsync();

    [OwnHostFact]
    public async Task Runs_turns_links_answers_and_mails_are_told_without_tokens_or_people()
    {
        await using var host = await HostProcess.StartNewAsync(collector.Receive(new HostSettings()));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var mailing = await api.SaveAsync("""[{ "type": "email", "to": "grace.hopper@example.com", "subject": "s", "body": "b" }]""");
        var asked = await api.InterveneAsync("\"correlationId\": \"case-4711\",", continuation: mailing);
        (await anybody.GetAsync(asked.Path)).Is(200);
        await api.RunOverAsync((await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200).Text("/runId"));
        (await anybody.GetAsync(asked.Path)).Is(410);
        await host.StopAsync(); // which sends what is left

        Assert.All(
            new[]
            {
                "humantasks.runs.started", "humantasks.runs.ended", "humantasks.turn.duration", "humantasks.effects",
                "humantasks.mails", "humantasks.links", "humantasks.answers", "humantasks.wakeups.waiting",
                "effect email", "case-4711", "used-up", "/review/",
            },
            told => Assert.Contains(told, collector.Received, StringComparison.Ordinal));
        Assert.DoesNotContain(asked.Token, collector.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("grace.hopper", collector.Received, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public async Task No_link_code_or_key_reaches_the_collector_however_its_path_is_written()
    {
        await using var host = await HostProcess.StartNewAsync(
            collector.Receive(new HostSettings()).WithMember(0, 0, "owner@localhost", "Owner", "owner"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var link = (await api.InterveneAsync("")).Token;
        var task = (await api.PostAsync(
            "/api/tasks",
            """{ "title": "Pay?", "assignee": "grace.hopper@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] } }""")).Is(201);
        var secure = task.Body.Split("/task/")[1].Split('"')[0];
        var signIn = "sign-in-link-0123456789abcdef";

        foreach (var path in new[]
                 {
                     $"/review/{link}", $"/REVIEW/{link}", $"//review/{link}", $"/review//{link}", $"/review/{link}/", $"/review%2F{link}",
                     $"/Review/{link}/nothing", $"/nothing/{link}", $"/review/{link}?token={link}", $"/?link={link}", $"/api/runs?key={host.ApiKey}",
                     $"/api/tasks/{link}", $"/task/{secure}", $"/Task/{secure}/code", $"/task/{secure}/verify?code=135790",
                     $"/studio/sign-in/link/{signIn}", $"/Studio//Sign-In/link/{signIn}", $"/start/{signIn}", $"//START/{signIn}", $"/studio/sign-in?code=135790",
                 })
        {
            await anybody.GetAsync(host.Address.GetLeftPart(UriPartial.Authority) + path); // whole, or "//review" were a host
        }

        await anybody.PostAsync($"/task/{secure}/code", "{}");
        await anybody.PostAsync($"/task/{secure}/verify", """{ "code": "135790" }""");
        await host.StopAsync();

        Assert.Contains("/review/{token}", collector.Received, StringComparison.Ordinal);
        Assert.All(
            new[] { link, secure, signIn, host.ApiKey, "135790", "grace.hopper" },
            secret => Assert.DoesNotContain(secret, collector.Received, StringComparison.OrdinalIgnoreCase));
    }
}
