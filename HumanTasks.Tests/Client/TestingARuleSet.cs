using System.Text.Json.Nodes;
using HumanTasks.Samples.ScriptedModel;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Client;

/// <summary>How a user tests a rule set: with people who do what people do, and a clock that is moved.</summary>
public sealed class TestingARuleSet : IAsyncLifetime
{
    private const string Approval = """
        [{ "type": "humanTask", "name": "approve", "assignee": "ada@example.com", "title": "Approve?", "expiresInHours": 24, "allowReject": true,
           "form": { "fields": [
             { "name": "decision", "type": "choice", "required": true, "options": [{ "value": "yes" }, { "value": "no" }] },
             { "name": "amount", "type": "number", "required": true, "min": 3 },
             { "name": "note", "type": "text", "required": true, "minLength": 40 },
             { "name": "day", "type": "date", "required": true } ] } },
         { "type": "end", "name": "done", "output": "{{approve}}" }]
        """;

    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await host.SaveAsync("approval", Approval);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Somebody_answers_what_the_form_asks()
    {
        var run = await host.Client.StartRunAsync("approval");

        var reaction = await host.Person().AnswerAsync(values: new JsonObject { ["decision"] = "no" });

        Assert.True(reaction.IsAccepted, reaction.Body?.ToJsonString());
        var output = (await host.Client.WaitForRunAsync(run.RunId)).Output!;
        Assert.Equal(("completed", "ada@example.com", "no"), ((string?)output["outcome"], (string?)output["by"], (string?)output["values"]!["decision"]));
    }

    [Fact]
    public async Task Somebody_declines()
    {
        var run = await host.Client.StartRunAsync("approval");
        Assert.True((await host.Person().RejectAsync("Not mine")).IsAccepted);

        Assert.Equal("rejected", (string?)(await host.Client.WaitForRunAsync(run.RunId)).Output!["outcome"]);
    }

    [Fact]
    public async Task Somebody_answers_too_late()
    {
        await host.Client.StartRunAsync("approval");

        Assert.Equal("link-expired", (await host.Person().AnswerLateAsync()).Problem);
    }

    [Fact]
    public async Task Somebody_clicks_twice()
    {
        await host.Client.StartRunAsync("approval");
        var reactions = await host.Person().AnswerTwiceAtOnceAsync();

        Assert.All(reactions, reaction => Assert.True(reaction.IsAccepted, reaction.Body?.ToJsonString()));
        Assert.Single(reactions.Select(reaction => (string?)reaction.Body!["responseId"]).Distinct());
    }

    [Fact]
    public async Task Somebody_leaves_out_half()
    {
        await host.Client.StartRunAsync("approval");

        Assert.Equal("invalid-form-input", (await host.Person().AnswerHalfAsync()).Problem);
    }

    [Fact]
    public async Task Somebody_types_a_wrong_code()
    {
        await host.Client.StartRunAsync("approval");

        Assert.Equal("wrong-code", (await host.Person().TypeWrongCodeAsync()).Problem);
    }

    [Fact]
    public async Task A_scanner_of_mail_changes_nothing()
    {
        var run = await host.Client.StartRunAsync("approval");
        await host.Person().ScanAsync();

        Assert.Equal("pending", (await host.TaskOfAsync(run.RunId)).Status);
        Assert.True((await host.Person().AnswerAsync()).IsAccepted);
    }

    [Fact]
    public async Task Nobody_answers_ever()
    {
        var run = await host.Client.StartRunAsync("approval");
        await host.Person().IgnoreAsync((await host.TaskOfAsync(run.RunId)).Id);

        Assert.Equal("expired", (await host.Client.WaitForRunAsync(run.RunId, TimeSpan.FromSeconds(20))).Status);
    }

    [Fact]
    public async Task An_agent_is_tested_the_same_way()
    {
        var address = HostProcess.FreeAddress();
        var model = new ModelServer();
        model.Add("scripted", Script.Read($$"""
            { "steps": [{ "calls": [{{Acceptance.AgentDeployment.Ask}}] }, { "say": "done" }] }
            """));
        await using var server = model.Build(address.ToString());
        await server.StartAsync();
        await using var agents = await TestHost.StartAsync(new Dictionary<string, string?>
        {
            ["HumanTasks:Models:0:Name"] = "scripted",
            ["HumanTasks:Models:0:Endpoint"] = $"{address}v1",
        });
        await agents.SaveAsync("agent", """[{ "type": "agent", "name": "ask", "instructions": "Ask.", "assignee": "ada@example.com" }]""");
        var run = await agents.Client.StartRunAsync("agent");

        Assert.True((await agents.Person().AnswerAsync()).IsAccepted);
        Assert.Equal("done", (string?)(await agents.Client.WaitForRunAsync(run.RunId, TimeSpan.FromSeconds(20))).Context!["ask"]);
    }
}
