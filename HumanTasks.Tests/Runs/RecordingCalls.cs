using System.Net;
using System.Text;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>A run's record has the attempts of its actions to call other systems, and what failed answers said only on request.</summary>
public sealed class RecordingCalls : IDisposable
{
    private const string Token = "sk-live-7f3kQ9+/x\"e";

    private readonly EngineHarness harness = new(secrets: new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ERP"] = Token });

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Every_attempt_has_its_method_host_path_status_and_size()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK]);
        harness.World.Answer = _ => Said(answers.Dequeue(), "hello");
        var run = await CallAsync("\"method\": \"POST\", \"url\": \"https://api.example/orders/{{id}}?key=hidden\"", """{ "id": "A 1" }""");
        await harness.WaitAsync(TimeSpan.FromSeconds(2));
        run = await harness.FindAsync(run.Id);

        Assert.Equal(
            [("POST", "api.example", "/orders/A 1", 503, 5L, "POST api.example returned 503."), ("POST", "api.example", "/orders/A 1", 200, 5L, null)],
            run.Calls!.Select(call => (call.Method, call.Host, call.Path, call.Status, call.Bytes, call.Problem)).Cast<(string, string, string, int?, long?, string?)>());
        Assert.Equal(TimeSpan.FromSeconds(2), run.Calls![1].At - run.Calls[0].At);
        Assert.All(run.Calls, call => Assert.Null(call.Error));
    }

    [Fact]
    public async Task A_call_without_an_answer_says_why()
    {
        harness.World.Answer = _ => throw new HttpRequestException(HttpRequestError.NameResolutionError);
        var run = await CallAsync("\"url\": \"https://api.example/\"");

        var call = Assert.Single(run.Calls!);
        Assert.Null(call.Status);
        Assert.Equal("GET api.example failed: the server's name could not be resolved.", call.Problem);
    }

    [Fact]
    public async Task What_a_failed_answer_said_is_kept_up_to_a_kilobyte_if_the_action_says_so_and_never_logged()
    {
        harness.World.Answer = _ => Said(HttpStatusCode.BadRequest, "No stock. " + new string('é', 2000));
        var run = await CallAsync("\"url\": \"https://api.example/\", \"keepErrors\": true");

        var error = Assert.Single(run.Calls!).Error!;
        Assert.StartsWith("No stock. é", error, StringComparison.Ordinal);
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(error));
        Assert.DoesNotContain("stock", Assert.IsType<RunState.Failed>(run.State).Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain((await harness.Store.ReadLogAsync(run.Id, null, 100, default)).Items, line => line.Detail?.Contains("stock", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Secrets_of_the_run_and_of_the_configuration_are_hidden_in_it_before_it_is_cut()
    {
        const string Iban = "DE02120300000000202051";
        harness.World.Answer = _ => Said(HttpStatusCode.BadRequest, $$"""{ "iban": "{{Iban}}", "token": "{{System.Text.Json.JsonEncodedText.Encode(Token)}}", "pad": "{{new string('x', 920)}}{{Iban}}" """);
        await harness.SaveWholeAsync("call", """
            { "secrets": ["iban"], "actions": [{ "type": "http", "name": "pay", "url": "https://api.example/of/{{iban}}", "keepErrors": true }] }
            """);
        var run = await harness.StartAsync("call", $$"""{ "iban": "{{Iban}}" }""");

        var call = Assert.Single(run.Calls!);
        Assert.Contains("••••", call.Error!, StringComparison.Ordinal);
        foreach (var part in (string[])[Iban, Iban[..10], "sk-live"])
        {
            Assert.DoesNotContain(part, call.Error!, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Iban, call.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_calls_are_kept()
    {
        await harness.SaveAsync("many", "[" + string.Join(',', Enumerable.Range(0, CallAttempt.Most + 3).Select(i => $$"""{ "type": "http", "name": "c{{i}}", "url": "https://api.example/" }""")) + "]");

        var run = await harness.StartAsync("many");

        Assert.Equal(Enumerable.Range(3, CallAttempt.Most).Select(i => $"c{i}"), run.Calls!.Select(call => call.Action));
    }

    [Fact]
    public async Task The_run_that_delivers_a_webhook_keeps_errors_if_the_continuation_says_so()
    {
        harness.World.Answer = _ => Said(HttpStatusCode.BadGateway, "Down for lunch.");
        await harness.SaveAsync("ask", """
            [{ "type": "humanIntervention", "name": "ask", "title": "T", "form": { "fields": [{ "name": "note", "type": "text" }] }, "continuation": { "webhook": "https://hooks.example/in", "keepErrors": true } }]
            """);
        var run = await harness.StartAsync("ask");
        await harness.SubmitAsync(await harness.TaskOfAsync(run), "{}");
        await harness.SettleAsync();

        var delivery = Assert.Single(await harness.ContinuationsAsync(run));
        Assert.Equal("Down for lunch.", Assert.Single(delivery.Calls!).Error);
        Assert.Equal("POST hooks.example returned 502.", new WebhookDelivery(delivery).Tries()[0].Problem);
    }

    [Theory]
    [InlineData(true, "quota of the project")]
    [InlineData(false, null)]
    public async Task A_failed_call_of_a_language_model_is_recorded_like_any_other(bool keeps, string? error)
    {
        harness.Model.Fails(new EffectFailedException("The model provider returned 429.") { Status = 429, Answer = "quota of the project" });
        await harness.SaveAsync("agent", $$"""[{ "type": "agent", "name": "think", "instructions": "Think.", "assignee": "ann@example.com", "keepErrors": {{(keeps ? "true" : "false")}} }]""");
        var run = await harness.StartAsync("agent");

        var call = Assert.Single(run.Calls!);
        Assert.Equal((429, "The model provider returned 429.", error), (call.Status, call.Problem, call.Error));
    }

    private async Task<Run> CallAsync(string members, string context = "{}")
    {
        await harness.SaveAsync("call", $$"""[{ "type": "http", "name": "pay", {{members}} }]""");
        return await harness.StartAsync("call", context);
    }

    private static HttpResponseMessage Said(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
}
