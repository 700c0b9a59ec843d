using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HumanTasks.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Tests.Functions.Storage;

public sealed partial class StorageThatRefuses
{
    [Theory]
    [InlineData("GET", "/api/runs", null)]
    [InlineData("GET", "/api/rule-sets/one", null)]
    [InlineData("PUT", "/api/rule-sets/one", """{ "actions": [{ "type": "end" }] }""")]
    [InlineData("POST", "/api/interventions", """{ "title": "Pay?", "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] }, "continuation": { "webhook": "https://example.com/hook" } }""")]
    [InlineData("POST", "/api/tasks", """{ "title": "Pay?", "assignee": "ann@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean", "label": "OK" }] } }""")]
    [InlineData("POST", "/api/rule-sets/one/runs", "{}")]
    public async Task Callers_get_503_and_the_time_of_the_next_try(string method, string path, string? body)
    {
        await using var host = await RefusingHost.StartAsync(account);
        var began = Stopwatch.GetTimestamp();

        using var answer = await host.SendAsync(method, path, body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:humantasks:problem:storage-unavailable", problem["type"]!.GetValue<string>());
        Assert.True(Stopwatch.GetElapsedTime(began) < ShortTime);
    }

    [Fact]
    public async Task A_person_gets_a_page_that_says_so_and_the_time_of_the_next_try()
    {
        await using var host = await RefusingHost.StartAsync(account);

        using var answer = await host.SendAsync("GET", "/studio/sign-in", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_says_so_until_the_account_answers_again_and_the_process_lives_meanwhile()
    {
        await using var host = await RefusingHost.StartAsync(account);

        using var refused = await host.SendAsync("GET", "/health/ready", null);
        using var live = await host.SendAsync("GET", "/health/live", null);
        account.Answer = (request, _) => Task.FromResult(Good(request));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        using var good = await host.SendUntilAsync("/health/ready", HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        var answer = (await refused.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("unavailable", answer["status"]!.GetValue<string>());
        Assert.Contains("503 ServerBusy", answer["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Refused_blobs_alone_make_the_host_unready()
    {
        account.Answer = (request, _) => Task.FromResult(Good(request));
        await using var host = await RefusingHost.StartAsync(account);
        account.Answer = (request, _) => Task.FromResult(
            request.RequestUri!.Host.Contains(".blob.", StringComparison.Ordinal)
                ? FakeAccount.Response(503, "ServerBusy")
                : Good(request));

        using var answer = await host.SendAsync("GET", "/health/ready", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public void A_thousand_refusals_of_one_minute_are_logged_once_with_their_number()
    {
        var time = new ManualTime();
        var log = new RecordedLog<StorageRefusals>();
        var noted = new StorageRefusals(time, log);

        for (var i = 0; i < 1000; i++)
        {
            noted.Refused("503 ServerBusy", null);
        }

        time.Advance(TimeSpan.FromMinutes(2));
        noted.Refused("503 ServerBusy", null);

        Assert.Equal(
            ["refused 1 requests", "refused 1000 requests"],
            log.Lines.Select(line => line.Text.Split("account ")[1].Split(" since")[0]));
    }
}
