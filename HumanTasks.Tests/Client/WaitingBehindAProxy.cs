using System.Diagnostics;
using System.Net;
using HumanTasks.Client;

namespace HumanTasks.Tests.Client;

/// <summary>The client library where something on the way ends requests that are silent for long.</summary>
public sealed class WaitingBehindAProxy
{
    private const string Run = """
        { "id": "r", "environment": "default", "ruleSet": "x", "version": 1, "status": "STATUS", "correlationId": "c", "createdAt": "2026-12-01T00:00:00Z",
          "updatedAt": "2026-12-01T00:00:00Z", "availableUntil": "2027-12-01T00:00:00Z", "context": {}, "continuations": [], "tasks": [] }
        """;

    [Theory]
    [InlineData("504")]
    [InlineData("502")]
    [InlineData("closed")]
    [InlineData("hangs up")]
    [InlineData("times out")]
    public async Task A_wait_that_is_cut_off_is_asked_again_and_is_no_failure(string cut)
    {
        using var proxy = new Proxy(cut, cuts: 4);
        using var client = new HumanTasksClient(new Uri("http://tasks.example"), "ht_key", new HttpClient(proxy)) { MaxAttempts = 1 };

        var run = await client.WaitForRunAsync("r");

        Assert.Equal("completed", run.Status);
        Assert.Equal(5, proxy.Waits.Count);
        Assert.All(proxy.Waits, wait => Assert.Equal("wait=45", wait));
    }

    [Theory]
    [InlineData("504")]
    [InlineData("closed")]
    public async Task Every_wait_is_cut_off_and_the_answer_comes_when_patience_ends(string cut)
    {
        using var proxy = new Proxy(cut, cuts: int.MaxValue);
        using var client = new HumanTasksClient(new Uri("http://tasks.example"), "ht_key", new HttpClient(proxy));
        var started = Stopwatch.GetTimestamp();

        var run = await client.WaitForRunAsync("r", TimeSpan.FromSeconds(2));

        Assert.Equal("paused", run.Status);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.9, 6);
        Assert.InRange(proxy.Waits.Count, 1, 20);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure()
    {
        using var proxy = new Proxy("refused", cuts: int.MaxValue);
        using var client = new HumanTasksClient(new Uri("http://tasks.example"), "ht_key", new HttpClient(proxy)) { MaxAttempts = 2 };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.WaitForRunAsync("r"));
    }

    private sealed class Proxy(string cut, int cuts) : HttpMessageHandler
    {
        public List<string> Waits { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Headers.TryGetValues("Prefer", out var waits))
            {
                return cut == "refused" ? throw Refused() : Task.FromResult(Answer("paused"));
            }

            Waits.Add(string.Join(' ', waits));
            return Waits.Count > cuts ? Task.FromResult(Answer("completed")) : cut switch
            {
                "504" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.GatewayTimeout)),
                "502" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway)),
                "closed" => throw new HttpRequestException(HttpRequestError.ResponseEnded),
                "hangs up" => throw new IOException("The connection was closed."),
                "refused" => throw Refused(),
                _ => throw new TaskCanceledException("The client's own timeout."),
            };
        }

        private static HttpRequestException Refused() => new(HttpRequestError.ConnectionError);

        private static HttpResponseMessage Answer(string status) => new(HttpStatusCode.OK)
        {
            Content = new StringContent(Run.Replace("STATUS", status, StringComparison.Ordinal), null, "application/json"),
        };
    }
}
