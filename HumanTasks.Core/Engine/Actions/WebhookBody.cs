using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Actions;

/// <summary>The body posted to the webhook of a continuation.</summary>
internal static class WebhookBody
{
    /// <summary>Returns the body for a response, in the version that the continuation requests.</summary>
    /// <param name="draft">The turn.</param>
    /// <param name="webhook">The webhook.</param>
    /// <param name="response">The response.</param>
    /// <param name="context">The run's context, including the response.</param>
    public static JsonObject Of(TurnDraft draft, Continuation.Webhook webhook, HumanResponse response, JsonObject context) =>
        webhook.TellsOutcomes
            ? Outcome(
                draft,
                response.Defaulted ? "defaulted" : response.Rejects ? "rejected" : "completed",
                response.TaskId,
                response.At,
                response,
                response.Reason,
                context)
            : new JsonObject
            {
                ["correlationId"] = draft.Run.CorrelationId,
                ["environment"] = draft.Run.Environment,
                ["runId"] = draft.Run.Id,
                ["taskId"] = response.TaskId,
                ["responseId"] = response.Id,
                ["at"] = Time(response.At),
                ["by"] = response.By,
                ["verified"] = response.Verified?.Word(),
                ["values"] = response.GivenValues(),
                ["context"] = context,
            };

    /// <summary>Returns the body for a task that was closed without a response.</summary>
    public static JsonObject Of(TurnDraft draft, HumanTask task) => task.State is TaskState.Cancelled cancelled
        ? Outcome(draft, "cancelled", task.Id, draft.Now, null, cancelled.Reason, draft.Context.DeepClone().AsObject())
        : Outcome(draft, "expired", task.Id, draft.Now, null, null, draft.Context.DeepClone().AsObject());

    // Standard Webhooks: type, timestamp, data
    private static JsonObject Outcome(
        TurnDraft draft, string outcome, string taskId, DateTimeOffset at, HumanResponse? response, string? reason, JsonObject context) => new()
        {
            ["type"] = $"task.{outcome}",
            ["timestamp"] = Time(at),
            ["data"] = new JsonObject
            {
                ["outcome"] = outcome,
                ["taskId"] = taskId,
                ["runId"] = draft.Run.Id,
                ["correlationId"] = draft.Run.CorrelationId,
                ["values"] = response?.GivenValues() ?? [],
                ["by"] = response?.By,
                ["verified"] = response?.Verified?.Word(),
                ["reason"] = reason,
                ["context"] = context,
            },
        };

    private static JsonNode? Time(DateTimeOffset at) => JsonSerializer.SerializeToNode(at.UtcDateTime, CoreJson.Default.DateTime);
}
