using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

/// <summary>What tests of agents do again and again.</summary>
public abstract class LettingAnAgentAskSteps(AgentDeployment deployment)
{
    protected AgentDeployment Deployment => deployment;

    protected ApiClient Api => deployment.Api;

    protected ApiClient Anybody => deployment.Anybody;

    private protected async Task<string> StartAsync(string model, string more = "")
    {
        var name = await Api.SaveAsync($$"""
            [{ "type": "agent", "name": "chooser", "instructions": "Choose.", "context": ["offers"], "model": "{{model}}", "assignee": "ada@example.com", "saveAs": "chosen"{{more}} },
             { "type": "end", "name": "done", "output": "{{"{{chosen}}"}}" }]
            """);
        return (await Api.StartAsync(name, """{ "context": { "offers": ["a", "b"] } }""")).Text("/runId");
    }

    /// <summary>The newest task of the run, once it is in that round.</summary>
    private protected async Task<Asked> AskedAsync(string runId, int round)
    {
        var run = await Steps.UntilAsync(() => Api.RunAsync(runId), reply => reply["/tasks/0"] is not null && reply.Text("/status") == "paused");
        var taskId = run.Text("/tasks/0/id");
        var task = await Steps.UntilAsync(
            () => Api.TaskAsync(taskId), reply => reply["/rounds"]!.AsArray().Count == round && reply.Text("/status") == "pending");
        var mails = await Steps.UntilAsync(() => Anybody.GetAsync("/dev/mail"), reply => LinkIn(reply, task.Text("/correlationId")) is not null);
        return new Asked(taskId, runId, task.Text("/correlationId"), LinkIn(mails, task.Text("/correlationId"))!);
    }

    private static string? LinkIn(Reply mails, string correlationId) => mails["/items"]!.AsArray()
        .Where(mail => (string?)mail!["correlationId"] == correlationId)
        .Select(mail => ((string?)mail!["text"])!.Split('\n').FirstOrDefault(line => line.Contains("/task/", StringComparison.Ordinal)))
        .FirstOrDefault(line => line is not null);
}
