using System.Net;
using System.Text;
using HumanTasks.Core.Runs;

namespace HumanTasks.Tests.Runs;

/// <summary>Secrets of the configuration are sent by http actions, and are in nothing that is kept.</summary>
public sealed class SendingSecrets : IDisposable
{
    private const string Token = "sk-live-7f3kQ9+/x\"é";

    private readonly EngineHarness harness = new(secrets: new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["ERP"] = Token,
        ["short"] = "zq",
    });

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task Headers_and_bodies_carry_them_and_the_run_does_not()
    {
        var (header, body) = ("", "");
        harness.World.Answer = request =>
        {
            header = request.Headers.GetValues("X-Api-Key").Single();
            body = request.Content!.ReadAsStringAsync().Result;
            return Json("{}");
        };
        var run = await CallAsync("""{ "headers": { "X-Api-Key": "key {{secret.short}}" }, "body": { "login": { "token": "{{secret.ERP}}" } } }""");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("key zq", header);
        Assert.Equal(Token, (string?)System.Text.Json.Nodes.JsonNode.Parse(body)!["login"]!["token"]);
        await MustNotKeepAsync(run);
    }

    [Theory]
    [InlineData("""{ "you": { "sent": "VALUE" } }""")]
    [InlineData("""{ "list": ["Bearer VALUE"], "VALUE": 1 }""")]
    public async Task A_server_that_answers_with_what_it_was_sent_does_not_bring_them_into_the_run(string answer)
    {
        harness.World.Answer = _ => Json(answer.Replace("VALUE", System.Text.Json.JsonEncodedText.Encode(Token).ToString(), StringComparison.Ordinal));
        var run = await CallAsync("""{ "body": "{{secret.ERP}}" }""");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Contains("••••••", run.Context.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
        await MustNotKeepAsync(run);
    }

    [Fact]
    public async Task Plain_text_and_the_shortest_secret_are_hidden_as_well()
    {
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"token={Token};xzqx") };
        var run = await CallAsync("""{ "body": "{{secret.ERP}}{{secret.short}}" }""");

        Assert.Equal("token=••••••;x••••••x", (string?)run.Context["answer"]!["body"]);
    }

    [Fact]
    public async Task An_unknown_one_fails_the_run_and_is_named()
    {
        var run = await CallAsync("""{ "headers": { "Authorization": "Bearer {{secret.NOBODY}}" } }""");

        var failed = Assert.IsType<RunState.Failed>(run.State);
        Assert.Contains("'secret.NOBODY'", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains("HumanTasks:Environments:n:Secrets", failed.Error.Message, StringComparison.Ordinal);
        Assert.Empty(harness.World.Calls);
    }

    [Fact]
    public async Task A_key_of_the_context_called_secret_is_read_as_before_where_the_configuration_has_no_such_name()
    {
        var run = await CallAsync("""{ "body": "{{secret.old}}" }""", """{ "secret": { "old": "from the context" } }""");

        Assert.IsType<RunState.Completed>(run.State);
        Assert.Equal("from the context", harness.World.Calls.Single().Body);
    }

    [Fact]
    public async Task A_stored_rule_set_that_reads_such_a_key_elsewhere_reads_the_context_and_never_the_configuration()
    {
        await harness.SaveOldAsync("stored", """{ "actions": [{ "type": "set", "name": "s", "values": { "copy": "{{secret.ERP}}" } }] }""");
        var run = await harness.StartAsync("stored", """{ "secret": { "ERP": "of the context" } }""");

        Assert.Equal("of the context", (string?)run.Context["copy"]);
        Assert.IsType<RunState.Failed>((await harness.StartAsync("stored")).State);
    }

    private async Task<Run> CallAsync(string members, string context = "{}")
    {
        await harness.SaveAsync("calls", $$"""
            [{ "type": "http", "name": "call", "method": "POST", "url": "https://api.example/x", "saveAs": "answer", {{members.Trim()[1..^1]}} }]
            """);
        return await harness.StartAsync("calls", context);
    }

    private async Task MustNotKeepAsync(Run run)
    {
        var log = await harness.Store.ReadLogAsync(run.Id, null, 100, default);
        var kept = System.Text.Json.JsonSerializer.Serialize(run, Core.Ports.CoreJson.Default.Run)
            + string.Concat(log.Items.Select(line => line.Detail));
        var text = System.Text.RegularExpressions.Regex.Unescape(kept);
        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-live-7f3kQ9", kept, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
