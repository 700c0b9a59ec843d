using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace HumanTasks.Tests.Client;

/// <summary>What a fresh installation does, whom a model may ask, who may call, and how a wait ends when a host does.</summary>
[Collection(AcceptanceSuite.Name)]
public sealed class GuardingMcp
{
    private const string Ping = """{ "jsonrpc": "2.0", "id": 1, "method": "ping" }""";

    [OwnHostTheory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task On_a_fresh_installation_the_owner_is_asked_and_the_answer_says_where(string transport)
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        await using var mcp = await McpCalls.ConnectAsync(transport, host.Address, host.ApiKey);

        var asked = await McpCalls.CallAsync(mcp, "ask_human", """{ "question": "Who answers?", "waitSeconds": 0 }""");

        Assert.Equal(("pending", "owner@localhost"), ((string?)asked["status"], (string?)asked["assignee"]));
        Assert.Contains("owner@localhost", (string)asked["note"]!, StringComparison.Ordinal);
        Assert.Contains($"{host.Address}studio/default/tasks/{(string?)asked["handle"]}", (string)asked["note"]!, StringComparison.Ordinal);
        using var api = new ApiClient(host.Address, host.ApiKey);
        var waiting = await api.ListAsync("/api/tasks?status=pending&assignee=owner@localhost");
        Assert.Equal("Who answers?", (string?)Assert.Single(waiting)["title"]);
    }

    [OwnHostTheory]
    [InlineData("[]", "must be an object")]
    [InlineData("5", "must be an object")]
    [InlineData("""{ "question": "a", "question": "b" }""", "/question: 'question' appears twice.")]
    [InlineData("""{ "question": "a", "schema": { "type": "object", "type": "object" } }""", "/schema/type: 'type' appears twice.")]
    [InlineData("""{ "question": "a\ud800" }""", "unpaired surrogate")]
    [InlineData("""{ "\udc00": 1 }""", "unpaired surrogate")]
    public async Task Arguments_that_no_request_could_bring_go_back_to_the_model_with_the_reason(string arguments, string reason)
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var api = new ApiClient(host.Address, host.ApiKey);

        var refused = (await api.PostAsync("/mcp", $$"""
            { "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": "ask_human", "arguments": {{arguments}} } }
            """)).Is(200);

        Assert.Equal((7, true), (refused["/id"]!.GetValue<int>(), refused["/result/isError"]!.GetValue<bool>()));
        Assert.Contains(reason, refused.Text("/result/content/0/text"), StringComparison.Ordinal);
        Assert.DoesNotContain(await api.ListAsync("/api/tasks?status=all"), task => (string?)task["ruleSet"] != "invoice-approval"); // the demonstration's own
    }

    [OwnHostFact]
    public async Task A_model_asks_only_whom_the_environment_allows_and_its_links_lead_to_allowed_hosts()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("HumanTasks:Environments:0:Mcp:Assignees:0", "@example.com")
            .With("HumanTasks:Environments:0:Mcp:AllowedHosts:0", "docs.example.com"));
        await using var mcp = await McpCalls.ConnectAsync("http", host.Address, host.ApiKey);
        using var api = new ApiClient(host.Address, host.ApiKey);

        foreach (var stranger in (string[])["eve@evil.example", "eve@sub.example.com", "eve@notexample.com", "eve@example.com.evil.example"])
        {
            Assert.Contains("/assignee: This assignee isn't allowed", await McpCalls.RefusedAsync(
                mcp, "ask_human", $$"""{ "question": "x", "assignee": "{{stranger}}", "waitSeconds": 0 }"""), StringComparison.Ordinal);
        }

        foreach (var allowed in (string[])["\"Ada@Example.com\"", "\"owner@localhost\"", "null"])
        {
            await McpCalls.CallAsync(mcp, "ask_human", $$"""{ "question": "x", "assignee": {{allowed}}, "waitSeconds": 0 }""");
        }

        // what a person's program asks is its own affair
        await api.AssignAsync();
        var asked = await McpCalls.CallAsync(mcp, "ask_human", """
            { "question": "Look", "description": "[a](https://docs.example.com/a) [b](https://evil.example/b)", "assignee": "ada@example.com", "waitSeconds": 0 }
            """);
        var handle = (string)asked["handle"]!;
        var link = (await api.PostAsync($"/api/tasks/{handle}/link")).Is(200).Text("/link");
        var question = new Asked(handle, "", (await api.TaskAsync(handle)).Text("/correlationId"), link);
        using var anybody = new ApiClient(host.Address);
        var page = await anybody.GetAsync(question.Path, await anybody.VerifyAsync(question), ("Accept", "text/html"));
        Assert.Contains("href=\"https://docs.example.com/a\"", page.Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https://evil.example", page.Body, StringComparison.Ordinal);
    }

    [OwnHostFact]
    public Task A_foreign_page_and_in_development_a_foreign_name_is_refused() => AssertRefusesAsync(
        development: true,
        (null, null, null),
        ("http://evil.example", null, "foreign-origin"),
        ("null", null, "foreign-origin"),
        ("http://evil.example", "evil.example", "foreign-origin"), // a name that was made to lead here
        (null, "evil.example", "foreign-host"),
        (null, "localhost.evil.example", "foreign-host"),
        (null, "127.0.0.1.evil.example", "foreign-host"),
        (null, "localhost:1", null),
        (null, "[::1]:5080", null),
        ("https://tasks.example.com", "tasks.example.com", null));

    [OwnHostFact]
    public Task A_foreign_page_is_refused_behind_a_proxy_too() => AssertRefusesAsync(
        development: false,
        (null, "tasks.example.com", null),
        (null, "behind-a-proxy.internal", null),
        ("https://tasks.example.com", "behind-a-proxy.internal", null),
        ("https://tasks.example.com.evil.example", null, "foreign-origin"),
        ("http://tasks.example.com", "tasks.example.com", "foreign-origin"),
        ("http://evil.example", "evil.example", "foreign-origin"));

    private static async Task AssertRefusesAsync(bool development, params (string? Origin, string? Host, string? Refusal)[] cases)
    {
        await using var host = await HostProcess.StartNewAsync(
            new HostSettings { Development = development }.With("HumanTasks:PublicBaseAddress", "https://tasks.example.com"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        foreach (var (origin, name, refusal) in cases)
        {
            List<(string, string)> headers = [("Accept", "application/json, text/event-stream")];
            headers.AddRange(origin is null ? [] : [("Origin", origin)]);
            headers.AddRange(name is null ? [] : [("Host", name)]);
            foreach (var path in (string[])["/mcp", "/MCP/"])
            {
                var reply = await api.PostAsync(path, Ping, [.. headers]);
                if (refusal is null)
                {
                    reply.Is(200);
                }
                else
                {
                    reply.IsProblem(403, refusal);
                }
            }
        }
    }

    [OwnHostFact]
    public async Task A_wait_over_HTTP_ends_with_an_honest_answer_when_the_host_stops()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        await using var mcp = await McpCalls.ConnectAsync("http", host.Address, host.ApiKey);
        var (told, call) = Ask(mcp);
        await told.WaitAsync(TimeSpan.FromSeconds(20));

        var stopping = Stopwatch.GetTimestamp();
        var stopped = host.StopAsync();

        AssertHonest(await call.WaitAsync(TimeSpan.FromSeconds(20)), await told, Stopwatch.GetElapsedTime(stopping));
        Assert.Equal(0, await stopped);
    }

    [OwnHostFact]
    public async Task A_wait_over_stdio_ends_with_an_honest_answer_when_the_tool_is_told_to_end()
    {
        await using var host = await HostProcess.StartNewAsync(new HostSettings());
        using var tool = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [McpCalls.ToolPath])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["HUMANTASKS_URL"] = host.Address.ToString(), ["HUMANTASKS_API_KEY"] = host.ApiKey },
            },
        };
        tool.Start();
        await tool.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        await tool.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await tool.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"ask_human","arguments":{"question":"Slow?","waitSeconds":120},"_meta":{"progressToken":"p"}}}""");
        await tool.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var progress = await LineAsync(tool, message => (string?)message["method"] == "notifications/progress", patience.Token);

        var stopping = Stopwatch.GetTimestamp();
        using var term = Process.Start("kill", ["-TERM", tool.Id.ToString(CultureInfo.InvariantCulture)]);
        var answer = await LineAsync(tool, message => (int?)message["id"] == 2, patience.Token);

        AssertHonest(answer["result"]!["structuredContent"]!, (string)progress["params"]!["message"]!, Stopwatch.GetElapsedTime(stopping));
        await tool.WaitForExitAsync(patience.Token);
        Assert.True(Stopwatch.GetElapsedTime(stopping) < TimeSpan.FromSeconds(10));
    }

    private static (Task<string> Told, Task<JsonNode> Answer) Ask(ModelContextProtocol.Client.McpClient mcp)
    {
        TaskCompletionSource<string> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<JsonNode> CallAsync()
        {
            var result = await mcp.CallToolAsync(
                "ask_human",
                McpCalls.Arguments("""{ "question": "Slow?", "waitSeconds": 120 }"""),
                new Progress<ProgressNotificationValue>(value => told.TrySetResult(value.Message!)));
            Assert.True(result.IsError is not true, result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text);
            return JsonNode.Parse(result.StructuredContent!.Value.ToString())!;
        }

        return (told.Task, CallAsync());
    }

    private static void AssertHonest(JsonNode answer, string progress, TimeSpan took)
    {
        Assert.Equal("pending", (string?)answer["status"]);
        Assert.Contains((string)answer["handle"]!, progress, StringComparison.Ordinal);
        Assert.Contains("is stopping", (string)answer["note"]!, StringComparison.Ordinal);
        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took}.");
    }

    private static async Task<JsonNode> LineAsync(Process tool, Func<JsonNode, bool> wanted, CancellationToken cancellationToken)
    {
        while (await tool.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (JsonNode.Parse(line) is { } message && wanted(message))
            {
                return message;
            }
        }

        throw new InvalidOperationException($"It ended without an answer: {await tool.StandardError.ReadToEndAsync(cancellationToken)}");
    }
}
