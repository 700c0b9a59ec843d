using HumanTasks.Samples.ScriptedModel;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A host with models that say what a script says, over the protocol of the real ones.</summary>
public class AgentDeployment : Deployment
{
    public const string Ask = """
        { "tool": "create_human_task", "arguments": { "title": "Which offer?", "description": "Two are **left**. [Click](https://evil.example)",
          "fields": [{ "name": "offer", "type": "choice", "label": "Offer", "required": true,
            "options": [{ "value": "a", "label": "Offer A" }, { "value": "b", "label": "Offer B" }] }] } }
        """;

    public const string FollowUp = """
        { "tool": "ask_follow_up", "arguments": { "description": "You chose {{values.offer}}.", "fields": [{ "name": "why", "type": "text", "label": "Why this one?", "required": true }] } }
        """;

    private const string Close = """{ "tool": "close_task", "arguments": { "outcome": "chosen", "note": "because {{values.why}}" } }""";

    private const string Finish = """{ "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "a", "words": "done" } } }] }""";

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["whole"] = $$"""[{ "calls": [{{Ask}}] }, { "calls": [{{FollowUp}}] }, { "calls": [{{Close}}] }, {{Finish}}]""",
        ["slow"] = $$"""[{ "wait": 300, "calls": [{{Ask}}] }, { "wait": 300, "calls": [{{FollowUp}}] }, { "wait": 300, "calls": [{{Close}}] }, {{Finish.Insert(1, "\"wait\": 300, ")}}]""",
        ["short"] = $$$"""
            [{ "calls": [{{{Ask}}}] },
             [{ "if": { "status": "answered" }, "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "{{values.offer}}" } } }] },
              { "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "{{status}}" } } }] }]]
            """,
        ["busy"] = Failing("""{ "status": 429, "after": 1 }"""),
        ["broken"] = Failing("500"),
        ["cut-off"] = Failing("""{ "abort": true }"""),
        ["garbled"] = Failing("""{ "body": "{ \"choices\": [" }"""),
        ["empty"] = Failing("""{ "body": "{}" }"""),
        ["unknown-key"] = Failing("""{ "status": 401, "code": "invalid_api_key" }"""),
        ["filtered"] = Failing("""{ "status": 400, "code": "content_filter" }"""),
        ["poor"] = Failing("""{ "status": 429, "code": "insufficient_quota" }"""),
        ["refuses"] = """[{ "refuse": "I will not." }]""",
        ["filters"] = """[{ "say": "x", "finish": "content_filter" }]""",
        ["malformed"] = """[{ "calls": [{ "tool": "finish", "arguments": "{ \"result\": " }] }, { "calls": [{ "tool": "finish", "arguments": "[1]" }] }, { "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "mended" } } }] }]""",
        ["doubled"] = """[{ "calls": [{ "tool": "finish", "arguments": "{ \"result\": { \"offer\": \"a\" }, \"result\": { \"offer\": \"b\" } }" }] }, { "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "mended" } } }] }]""",
        ["huge"] = $$"""[{ "calls": [{ "tool": "create_human_task", "arguments": { "title": "{{new string('x', 10 << 20)}}" } }] }]""",
    };

    private WebApplication? modelHost;

    public ModelServer Model { get; } = new();

    public HostProcess? Process { get; private set; }

    public override async Task InitializeAsync()
    {
        if (IsForeign)
        {
            return;
        }

        var address = HostProcess.FreeAddress();
        foreach (var (name, steps) in Scripts)
        {
            Model.Add(name, Script.Read($$"""{ "steps": {{steps}} }"""));
        }

        Model.AddFolder(Path.Combine(AppContext.BaseDirectory, "scripts"));
        modelHost = Model.Build(address.ToString());
        await modelHost.StartAsync();
        var settings = Scripts.Keys.Concat(["extraction-agent", "offers-agent", "deletion-agent"]).Index().Aggregate(new HostSettings(), (settings, model) => settings
            .With($"HumanTasks:Models:{model.Index}:Name", model.Item)
            .With($"HumanTasks:Models:{model.Index}:ApiKey", "sk-secret-of-the-provider")
            .With($"HumanTasks:Models:{model.Index}:Endpoint", $"{address}v1"));
        (Address, var key) = await StartHostAsync(settings);
        Api = new ApiClient(Address, key);
        Anybody = new ApiClient(Address);
    }

    public override async Task DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        if (modelHost is not null)
        {
            await modelHost.StopAsync();
            await modelHost.DisposeAsync();
        }
    }

    private protected virtual async Task<(Uri Address, string Key)> StartHostAsync(HostSettings settings)
    {
        Process = await HostProcess.StartNewAsync(settings);
        return (Process.Address, Process.ApiKey);
    }

    private static string Failing(string failure) =>
        $$"""[{ "fail": [{{failure}}], "calls": [{ "tool": "finish", "arguments": { "result": { "offer": "after all" } } }] }]""";
}
