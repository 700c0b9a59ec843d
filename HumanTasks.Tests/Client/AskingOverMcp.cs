using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HumanTasks.Tests.Client;

/// <summary>The SDK's own client asks people, over streamable HTTP and over stdio.</summary>
[Collection(AcceptanceSuite.Name)]
public class AskingOverMcp(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "decision": { "type": "string", "title": "Decision", "enum": ["yes", "no"], "enumNames": ["Yes", "No"] },
            "amount": { "type": "number", "minimum": 0, "description": "In EUR." },
            "mail": { "type": "string", "format": "email" },
            "urgent": { "type": "boolean", "default": true }
          },
          "required": ["decision"]
        }
        """;

    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task The_five_tools(string transport)
    {
        await using var mcp = await ConnectAsync(transport);
        var tools = await mcp.ListToolsAsync();
        Assert.Equal(
            ["ask_human", "cancel_question", "get_answer", "list_questions", "wait_for_answer"], tools.Select(tool => tool.Name).Order());

        var title = Steps.Unique("Question");
        var asked = await CallAsync(mcp, "ask_human", $$"""
            { "question": "{{title}}", "description": "**Now**", "schema": {{Schema}}, "assignee": "ada@example.com", "waitSeconds": 0 }
            """);
        Assert.Equal("pending", (string?)asked["status"]);
        var handle = (string)asked["handle"]!;
        var task = await Api.TaskAsync(handle);
        Assert.Equal(title, task.Text("/title"));
        Assert.Equal(["choice", "number", "email", "boolean"], task["/form/fields"]!.AsArray().Select(field => (string?)field!["type"]));
        Assert.Equal("Yes", task.Text("/form/fields/0/options/0/label"));
        Assert.Contains((await CallAsync(mcp, "list_questions", "{}"))["questions"]!.AsArray(), question => (string?)question!["handle"] == handle);

        var waiting = CallAsync(mcp, "wait_for_answer", $$"""{ "handle": "{{handle}}", "waitSeconds": 30 }""");
        (await Api.PostAsync($"/api/tasks/{handle}/responses", """{ "values": { "decision": "yes", "amount": 5, "urgent": false }, "by": "Ada@Example.com" }""")).Is(200);
        var answer = await waiting;
        Assert.Equal(("answered", "ada@example.com", "yes"), ((string?)answer["status"], (string?)answer["by"], (string?)answer["values"]!["decision"]));
        Assert.Equal(answer.ToJsonString(), (await CallAsync(mcp, "get_answer", $$"""{ "handle": "{{handle}}" }""")).ToJsonString());

        var other = await CallAsync(mcp, "ask_human", $$"""
            { "question": "{{title}}", "fields": [{ "name": "why", "type": "text" }], "assignee": "ada@example.com", "waitSeconds": 0 }
            """);
        var cancelled = await CallAsync(mcp, "cancel_question", $$"""{ "handle": "{{(string?)other["handle"]}}", "reason": "Found it" }""");
        Assert.Equal(("cancelled", "Found it"), ((string?)cancelled["status"], (string?)cancelled["reason"]));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task A_question_survives_the_client_and_the_same_key_asks_once(string transport)
    {
        var key = Steps.Unique("key");
        var call = $$"""{ "question": "Once? {{key}}", "assignee": "ada@example.com", "waitSeconds": 0, "key": "{{key}}" }""";
        string handle;
        await using (var first = await ConnectAsync(transport))
        {
            handle = (string)(await CallAsync(first, "ask_human", call))["handle"]!;
        }

        await using var second = await ConnectAsync(transport);
        Assert.Equal(handle, (string?)(await CallAsync(second, "ask_human", call))["handle"]);
        (await Api.PostAsync($"/api/tasks/{handle}/reject", """{ "reason": "Not me" }""")).Is(204);
        var answer = await CallAsync(second, "wait_for_answer", $$"""{ "handle": "{{handle}}" }""");
        Assert.Equal(("rejected", "Not me"), ((string?)answer["status"], (string?)answer["reason"]));
    }

    [Fact]
    public async Task A_question_that_says_so_cannot_be_declined()
    {
        await using var mcp = await ConnectAsync("http");
        var asked = await CallAsync(mcp, "ask_human", """{ "question": "Sure?", "assignee": "ada@example.com", "waitSeconds": 0, "allowReject": false }""");

        (await Api.PostAsync($"/api/tasks/{(string?)asked["handle"]}/reject", "{}")).IsProblem(409, "reject-not-allowed");
        var wrong = await mcp.CallToolAsync("ask_human", Arguments("""{ "question": "x", "assignee": "ada@example.com", "allowReject": "no" }"""));
        Assert.Contains("/allowReject: This must be true or false", wrong.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task Progress_is_told_while_it_waits(string transport)
    {
        await using var mcp = await ConnectAsync(transport);
        TaskCompletionSource<ProgressNotificationValue> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = mcp.CallToolAsync(
            "ask_human",
            Arguments("""{ "question": "Slow", "assignee": "ada@example.com", "waitSeconds": 20 }"""),
            new Progress<ProgressNotificationValue>(value => told.TrySetResult(value)));

        var progress = await told.Task.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.Contains("ada@example.com", progress.Message, StringComparison.Ordinal);
        var pending = (await Api.ListAsync("/api/tasks?status=pending&q=Slow")).Select(item => (string)item!["id"]!).First();
        Assert.Contains(pending, progress.Message, StringComparison.Ordinal);
        (await Api.PostAsync($"/api/tasks/{pending}/responses", """{ "values": { "answer": "now" } }""")).Is(200);
        var result = await call;
        Assert.Contains("now", result.StructuredContent!.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task What_is_wrong_is_said(string transport)
    {
        await using var mcp = await ConnectAsync(transport);

        var wrong = await mcp.CallToolAsync("ask_human", Arguments("""{ "question": "x", "assignee": "ada@example.com", "fields": [{ "name": "p", "type": "password" }] }"""));
        Assert.True(wrong.IsError);
        Assert.Contains("/form/fields/0/type: Password fields aren't supported", wrong.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        var unknown = await mcp.CallToolAsync("get_answer", Arguments("""{ "handle": "nonsense" }"""));
        Assert.True(unknown.IsError);
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key()
    {
        const string Call = """{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }""";
        (await Anybody.PostAsync("/mcp", Call, ("Accept", "application/json, text/event-stream"))).IsProblem(401, "unauthorized");
        (await Anybody.PostAsync("/mcp", Call, ("Accept", "application/json, text/event-stream"), ("Authorization", "Bearer ht_wrong"))).IsProblem(401, "unauthorized");
        (await Api.PostAsync("/mcp?environment=nowhere", Call, ("Accept", "application/json, text/event-stream"))).IsProblem(404, "not-found");
    }

    private Task<McpClient> ConnectAsync(string transport) => McpCalls.ConnectAsync(transport, Address, Api.Key);

    private static Task<JsonNode> CallAsync(McpClient mcp, string tool, string arguments) => McpCalls.CallAsync(mcp, tool, arguments);

    private static Dictionary<string, object?> Arguments(string json) => McpCalls.Arguments(json);
}
