using HumanTasks.Client.DurableTask;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HumanTasks.Samples;

/// <summary>
/// Your own orchestration that asks a person. In the app's Program: <c>builder.Services.AddHumanTasks(…)</c>.
/// </summary>
public static class Approval
{
    [Function(nameof(Approval))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var answer = await context.AskPersonAsync<Decision>("Pay 1,200 EUR to Meyer?", new PersonQuestion { Assignee = "ada@example.com" });
        return answer.IsAnswered && answer.Value.Approved ? $"paid, as {answer.By} said" : $"not paid: {answer.Outcome}";
    }

    public sealed record Decision(bool Approved, string? Reason);
}
