using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Client;

/// <summary>
/// The official client in TypeScript, which drops an answer that does not fit the tool's outputSchema, and the official
/// conformance suite.
/// </summary>
[Collection(AcceptanceSuite.Name)]
public class OfficialMcp(Deployment deployment) : AcceptanceTest(deployment)
{
    [OfficialMcpFact]
    public async Task The_official_client_takes_the_answer_of_every_tool_in_every_state()
    {
        using var client = new OfficialClient(new Uri(Address, "/mcp"), Api.Key);

        // pending, answered, without anything in it that a person need not give
        var handle = await AskAsync(client, """{ "question": "One?", "assignee": "ada@example.com", "waitSeconds": 0, "schema": { "type": "object", "properties": { "note": { "type": "string" } } } }""");
        Assert.Equal("pending", (string?)(await client.AnswerAsync("get_answer", Handle(handle)))["status"]);
        (await Api.PostAsync($"/api/tasks/{handle}/responses", """{ "values": {} }""")).Is(200);
        var answered = await client.AnswerAsync("wait_for_answer", Handle(handle));
        Assert.Equal(("answered", "{}"), ((string?)answered["status"], answered["values"]!.ToJsonString()));
        Assert.Equal("answered", (string?)(await client.AnswerAsync("cancel_question", Handle(handle)))["status"]);

        // rejected without a reason, cancelled, expired, silence that counts
        var rejected = await AskAsync(client, """{ "question": "Two?", "assignee": "ada@example.com", "waitSeconds": 0 }""");
        (await Api.PostAsync($"/api/tasks/{rejected}/reject", "{}")).Is(204);
        Assert.Equal("rejected", (string?)(await client.AnswerAsync("get_answer", Handle(rejected)))["status"]);
        var cancelled = await AskAsync(client, """{ "question": "Three?", "assignee": "ada@example.com", "waitSeconds": 0 }""");
        Assert.Equal("cancelled", (string?)(await client.AnswerAsync("cancel_question", Handle(cancelled)))["status"]);
        var expired = await AskAsync(client, """{ "question": "Four?", "assignee": "ada@example.com", "waitSeconds": 0, "expiresInHours": 0.0001 }""");
        Assert.Equal("expired", (string?)(await client.AnswerAsync("wait_for_answer", Handle(expired)))["status"]);
        var silent = (await Api.PostAsync("/api/tasks", """
            { "title": "Five?", "assignee": "ada@example.com", "form": { "fields": [{ "name": "ok", "type": "boolean" }] }, "expiresInHours": 0.0001,
              "default": { "outcome": "completed", "values": { "ok": true } } }
            """)).Is(201).Text("/taskId");
        var defaulted = await client.AnswerAsync("wait_for_answer", Handle(silent));
        Assert.Equal(("answered", true), ((string?)defaulted["status"], (bool?)defaulted["defaulted"]));

        // errors and lists
        Assert.Contains("/question: 'question' is required", await client.RefusalAsync("ask_human", "{}"), StringComparison.Ordinal);
        Assert.NotEmpty(await client.RefusalAsync("get_answer", Handle("nothing")));
        Assert.NotEmpty((await client.AnswerAsync("list_questions", """{ "status": "all" }"""))["questions"]!.AsArray());
    }

    [OfficialMcpFact]
    public async Task The_handle_comes_with_the_first_progress_message()
    {
        using var client = new OfficialClient(new Uri(Address, "/mcp"), Api.Key);

        var line = await client.CallAsync("ask_human", """{ "question": "Soon?", "assignee": "ada@example.com", "waitSeconds": 1 }""");

        var handle = (string)line["result"]!["structuredContent"]!["handle"]!;
        Assert.Contains(handle, (string)line["progress"]![0]!["message"]!, StringComparison.Ordinal);
    }

    /// <summary>
    /// Those that any server with tools can pass. The other server scenarios call tools, prompts, resources, completions and
    /// requests to the client of the suite's own example server (test_simple_text, test://static-text, …), and those about
    /// several streams and resumption need sessions: this server keeps nothing between requests, has tools only, and they have
    /// other names. docs/guide.md lists them.
    /// </summary>
    [OfficialMcpTheory]
    [InlineData("server-initialize")]
    [InlineData("ping")]
    [InlineData("logging-set-level")]
    [InlineData("tools-list")]
    [InlineData("dns-rebinding-protection")]
    public async Task A_scenario_of_the_official_conformance_suite_passes(string scenario)
    {
        using var run = OfficialClient.Start("conformance", new Uri(Address, "/mcp"), Api.Key, scenario);
        var said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();

        Assert.True(run.ExitCode == 0 && said.Contains(" 0 failed, 0 warnings", StringComparison.Ordinal), said + await run.StandardError.ReadToEndAsync());
    }

    private static string Handle(string handle) => $$"""{ "handle": "{{handle}}" }""";

    private static async Task<string> AskAsync(OfficialClient client, string arguments) =>
        (string)(await client.AnswerAsync("ask_human", arguments))["handle"]!;
}
