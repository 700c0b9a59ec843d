using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Crash;

/// <summary>The host is killed between every two turns of an agent's conversation, and in the middle of every call.</summary>
public sealed class KillingAConversation(AgentDeployment deployment) : IClassFixture<AgentDeployment>
{
    private ApiClient Api => deployment.Api;

    [OwnHostTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_on_and_no_committed_call_is_made_again(bool inTheMiddleOfACall)
    {
        var name = await Api.SaveAsync("""[{ "type": "agent", "name": "chooser", "instructions": "Choose.", "model": "slow", "assignee": "ada@example.com" }]""");
        var runId = (await Api.StartAsync(name)).Text("/runId");
        await CommittedAsync(runId, 1, inTheMiddleOfACall);
        var taskId = (await Steps.UntilAsync(() => Api.RunAsync(runId), run => run["/tasks/0"] is not null)).Text("/tasks/0/id");
        await AnswerAsync(taskId, """{ "offer": "a" }""");
        await CommittedAsync(runId, 2, inTheMiddleOfACall);
        await AnswerAsync(taskId, """{ "why": "cheaper" }""");
        await CommittedAsync(runId, 3, inTheMiddleOfACall);
        await CommittedAsync(runId, 4, inTheMiddleOfACall);

        await Api.RunOverAsync(runId);
        var calls = await TranscriptAsync(runId);
        Assert.Equal(4, calls.Count);
        var asked = deployment.Model.Requests.Where(request => request.Id.StartsWith(runId, StringComparison.Ordinal)).CountBy(request => request.Id).ToArray();
        Assert.Equal(4, asked.Length);

        // the fourth follows the third without a person in between, so that the kill behind the third may meet it half made
        Assert.All(asked, call => Assert.InRange(call.Value, 1, inTheMiddleOfACall || call.Key.EndsWith("-4", StringComparison.Ordinal) ? 2 : 1));
    }

    /// <summary>Waits until a call is committed, having killed the host while it was made if so wished, and kills the host behind it.</summary>
    private async Task CommittedAsync(string runId, int number, bool inTheMiddleOfACall)
    {
        if (inTheMiddleOfACall)
        {
            for (var tries = 0; deployment.Model.Requests.DistinctBy(request => request.Id).Count(request => request.Id.StartsWith(runId, StringComparison.Ordinal)) < number; tries++)
            {
                Assert.True(tries < 2000, "The model was not asked.");
                await Task.Delay(10);
            }

            await KillAsync();
        }

        await Steps.UntilAsync(
            () => Api.GetAsync($"/api/runs/{runId}/transcript"), reply => reply.Status == 200 && reply["/items"]!.AsArray().Count >= number);
        await KillAsync();
    }

    private async Task KillAsync()
    {
        await deployment.Process!.KillAsync();
        await deployment.Process.StartAsync();
    }

    private async Task AnswerAsync(string taskId, string values)
    {
        await Steps.UntilAsync(
            () => Api.TaskAsync(taskId),
            task => task.Text("/status") == "pending" && task["/rounds"]!.AsArray().Count == (values.Contains("why", StringComparison.Ordinal) ? 2 : 1));
        (await Api.PostAsync($"/api/tasks/{taskId}/responses", $$"""{ "values": {{values}} }""")).Is(200);
        await KillAsync();
    }

    private async Task<JsonArray> TranscriptAsync(string runId) =>
        (await Api.GetAsync($"/api/runs/{runId}/transcript")).Is(200)["/items"]!.AsArray();
}
