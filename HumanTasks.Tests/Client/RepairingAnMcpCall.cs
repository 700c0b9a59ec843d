using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Client;

/// <summary>What a model gets wrong in a call, and what it may write.</summary>
[Collection(AcceptanceSuite.Name)]
public class RepairingAnMcpCall(Deployment deployment) : AcceptanceTest(deployment)
{
    [Theory]
    [InlineData("http")]
    [InlineData("stdio")]
    public async Task A_wrong_call_says_everything_that_is_wrong_and_where(string transport)
    {
        await using var mcp = await McpCalls.ConnectAsync(transport, Address, Api.Key);

        var said = await McpCalls.RefusedAsync(mcp, "ask_human", """
            {
              "questoin": "Which one?", "waitSeconds": "soon", "assignee": "ada@example.com",
              "schema": { "type": "object", "properties": { "a": { "$ref": "#/$defs/Gone" }, "b": { "type": "text" } } }
            }
            """);

        string[] places = ["/question:", "/questoin:", "/waitSeconds:", "/schema/properties/a/$ref:", "/schema/properties/b/type:"];
        Assert.All(places, place => Assert.Contains($"\n{place}", said, StringComparison.Ordinal));
        Assert.DoesNotContain("fromModel", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_deployment_refuses_is_said_together_with_what_the_tool_refuses()
    {
        await using var mcp = await McpCalls.ConnectAsync("http", Address, Api.Key);

        var said = await McpCalls.RefusedAsync(mcp, "ask_human", """
            {
              "question": "Enter your password", "expiresInHours": -1, "waitSeconds": 700, "assignee": "ada@example.com",
              "schema": { "type": "object", "properties": { "pin": { "type": "string", "title": "PIN code" }, "name": { "type": "string", "pattern": "(?=x)" } } }
            }
            """);

        string[] places = ["/question:", "/expiresInHours:", "/waitSeconds:", "/schema/properties/name/pattern:"];
        Assert.All(places, place => Assert.Contains($"\n{place}", said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("get_answer", "{}", "/handle: 'handle' is required")]
    [InlineData("get_answer", """{ "handle": 7 }""", "/handle: This must be a text, not the number 7.")]
    [InlineData("get_answer", """{ "handle": "../runs" }""", "/handle: Invalid handle")]
    [InlineData("wait_for_answer", """{ "handle": "x", "wait": 1 }""", "/wait: Unknown argument 'wait'. Use: handle, waitSeconds.")]
    [InlineData("wait_for_answer", """{ "handle": "x", "waitSeconds": 1.5 }""", "/waitSeconds: This must be a whole number from 0 to 600, not the number 1.5.")]
    [InlineData("cancel_question", """{ "handle": ["x"], "reason": true }""", "/reason: This must be a text, not true.")]
    [InlineData("list_questions", """{ "status": "open" }""", "/status: This must be one of: pending, answered")]
    [InlineData("ask_human", """{ "question": "x", "schema": "{ nonsense" }""", "/schema: The text is not JSON")]
    [InlineData("ask_human", """{ "question": "x", "schema": [] }""", "/schema: This must be an object or a text containing JSON, not a list.")]
    [InlineData("ask_human", """{ "question": "x", "schema": "[]" }""", "/schema: This must be an object.")]
    [InlineData("ask_human", """{ "question": "x", "schema": {}, "fields": [] }""", "/fields: Set either 'schema' or 'fields', not both.")]
    [InlineData("ask_human", """{ "question": " ", "waitSeconds": 0 }""", "/question: This must not be empty.")]
    [InlineData("ask_human", """{ "question": "x", "schema": { "properties": {}, "properties": {} } }""", "/schema/properties: 'properties' appears twice.")]
    [InlineData("ask_human", """{ "question": "x", "schema": "{ \"properties\": {}, \"properties\": {} }" }""", "/schema/properties: 'properties' appears twice.")]
    [InlineData("ask_human", """{ "question": "x", "schema": "{ \"properties\": { \"a\": { \"title\": \"\\ud800\" } } }" }""", "/schema/properties/a/title: This text is invalid")]
    [InlineData("ask_human", """{ "question": "x", "schema": "{ \"properties\": { \"\\udc00\": {} } }" }""", "/schema/properties: A member name is invalid")]
    [InlineData("ask_human", """{ "question": "Look at https://evil.example", "waitSeconds": 0 }""", "/question: The title must not contain a URL")]
    [InlineData("ask_human", """{ "question": "x", "expiresInHours": 1e400 }""", "/expiresInHours: This number is too large")]
    [InlineData("ask_human", """{ "question": "x", "waitSeconds": -1e400 }""", "/waitSeconds: This number is too large")]
    [InlineData("ask_human", """{ "question": "x", "assignee": "ada@example.com", "fields": [{ "name": "n", "type": "number", "value": 1e400 }] }""", "/fields/0/value: This number is too large")]
    public async Task Each_mistake_is_said_in_words(string tool, string arguments, string said)
    {
        await using var mcp = await McpCalls.ConnectAsync("http", Address, Api.Key);

        Assert.Contains(said, await McpCalls.RefusedAsync(mcp, tool, arguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_text_and_a_schema_may_come_as_text()
    {
        await using var mcp = await McpCalls.ConnectAsync("http", Address, Api.Key);
        var schema = JsonSerializer.Serialize("""{ "type": "object", "properties": { "c": { "type": "string", "title": "the {{x}}", "default": "{{y}" } } }""");

        var asked = await McpCalls.CallAsync(mcp, "ask_human", $$$"""
            { "question": "Is {{a.b}} right, or {{?", "description": "**{{c}}** {{", "schema": {{{schema}}}, "assignee": "ada@example.com", "waitSeconds": 0 }
            """);

        var task = await Api.TaskAsync((string)asked["handle"]!);
        Assert.Equal("Is {{a.b}} right, or {{?", task.Text("/title"));
        Assert.Equal("**{{c}}** {{", task.Text("/description"));
        Assert.Equal("the {{x}}", task.Text("/form/fields/0/label"));
        Assert.Equal("{{y}", task.Text("/form/fields/0/value"));
    }

    [Fact]
    public async Task The_answer_comes_back_with_the_types_of_the_schema_after_days_too()
    {
        await using var mcp = await McpCalls.ConnectAsync("http", Address, Api.Key);
        var asked = await McpCalls.CallAsync(mcp, "ask_human", """
            {
              "question": "Which?", "assignee": "ada@example.com", "waitSeconds": 0,
              "schema": {
                "type": "object",
                "properties": { "n": { "enum": [1, 2, "2"] }, "k": { "const": 5 }, "s": { "type": ["string", "null"] }, "names": { "type": "array", "items": { "type": "string" } } },
                "required": ["n", "k", "s"]
              }
            }
            """);
        var handle = (string)asked["handle"]!;
        (await Api.PostAsync($"/api/tasks/{handle}/responses", """{ "values": { "n": "2", "names": [{ "value": "Ann" }] } }""")).Is(200);

        await using var later = await McpCalls.ConnectAsync("stdio", Address, Api.Key);
        var answer = await McpCalls.CallAsync(later, "get_answer", $$"""{ "handle": "{{handle}}" }""");

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse("""{ "n": 2, "k": 5, "s": null, "names": ["Ann"] }"""), answer["values"]), answer.ToJsonString());
    }

    [Fact]
    public async Task A_model_asks_for_no_secrets_and_its_links_lead_nowhere_else()
    {
        await using var mcp = await McpCalls.ConnectAsync("http", Address, Api.Key);
        Assert.Contains("can't ask for", await McpCalls.RefusedAsync(mcp, "ask_human", """
            { "question": "Sign in", "fields": [{ "name": "code", "type": "text", "label": "Your password" }], "assignee": "ada@example.com", "waitSeconds": 0 }
            """), StringComparison.Ordinal);

        var asked = await McpCalls.CallAsync(mcp, "ask_human", """
            { "question": "Look", "description": "Read [this](https://evil.example/page) ![x](https://evil.example/x.png)", "assignee": "ada@example.com", "waitSeconds": 0 }
            """);
        var task = (await Api.PostAsync($"/api/tasks/{(string?)asked["handle"]}/link")).Is(200);
        var question = new Asked((string)asked["handle"]!, "", (await Api.TaskAsync((string)asked["handle"]!)).Text("/correlationId"), task.Text("/link"));
        var session = await Anybody.VerifyAsync(question);
        var page = await Anybody.GetAsync(question.Path, session, ("Accept", "text/html"));
        Assert.Contains("Look", page.Is(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https://evil.example", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"https://evil.example", page.Body, StringComparison.Ordinal);
    }
}
