using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Client.DurableTask;

/// <summary>
/// The functions behind <see cref="PersonOrchestration.AskPersonAsync"/>: two activities and the HTTP trigger that receives
/// responses. The Functions worker discovers them in this assembly.
/// </summary>
public sealed class PersonFunctions(HumanTasksClient client, WebhookVerifier verifier, AnswerAddress address)
{
    internal const string Ask = "HumanTasksAsk";
    internal const string LookAt = "HumanTasksLook";

    /// <summary>The route of the HTTP trigger, below the app's address and route prefix.</summary>
    public const string Route = "humantasks/answers";

    private const string Instance = "instance";
    private const string WakeUp = "wakeUp";

    /// <summary>Creates the task or intervention. Repeated executions of the activity create it once.</summary>
    [Function(Ask)]
    public async Task<AskedPerson> AskAsync([ActivityTrigger] QuestionToAsk question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var form = JsonNode.Parse(question.Form)!.AsObject();
        var context = new JsonObject { ["orchestration"] = new JsonObject { [Instance] = question.InstanceId, [WakeUp] = question.WakeUp } };
        var asked = question.Assignee is null
            ? await client.CreateInterventionAsync(
                new NewIntervention
                {
                    Title = question.Title,
                    Description = question.Description,
                    Form = form,
                    Context = context,
                    Webhook = address.Address,
                    TellsOutcomes = true,
                    LinkExpirationHours = question.ExpiresIn.TotalHours,
                },
                question.Key,
                cancellationToken)
            : await client.CreateTaskAsync(
                new NewTask
                {
                    Title = question.Title,
                    Description = question.Description,
                    Form = form,
                    Context = context,
                    Assignee = question.Assignee,
                    Webhook = address.Address,
                    TellsOutcomes = true,
                    AllowReject = question.AllowReject,
                    ExpiresInHours = question.ExpiresIn.TotalHours,
                },
                question.Key,
                cancellationToken);
        return new AskedPerson(asked.TaskId, asked.Link);
    }

    [Function(LookAt)]
    public async Task<Look> LookAsync([ActivityTrigger] string taskId, CancellationToken cancellationToken)
    {
        var task = await client.GetTaskAsync(taskId, cancellationToken);
        var response = task.IsOver && task.Responses.Count > 0 ? task.Responses[^1] : null;
        return new Look(
            task.Status, response?.Values.ToJsonString(), response?.By, response?.Verified, response?.At, response?.Reason ?? task.StatusReason);
    }

    /// <summary>
    /// Accepts signed webhooks and wakes the orchestration named in the body. Returns 401 for an invalid signature.
    /// </summary>
    [Function("HumanTasksAnswer")]
    public async Task AnswerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient hub)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(hub);
        var cancellationToken = request.HttpContext.RequestAborted;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var headers = request.Headers;
        var response = request.HttpContext.Response;
        if (!verifier.IsGenuine(headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], body.ToArray()))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        if (ContextOf(body.ToArray())["orchestration"] is not JsonObject orchestration)
        {
            return; // the same secret is used for other webhooks too
        }

        try
        {
            await hub.RaiseEventAsync((string)orchestration[Instance]!, (string)orchestration[WakeUp]!, "answered", cancellationToken);
        }
        catch (RpcException over) when (over.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // the orchestration has ended and no longer waits for the response
        }
    }

    // tasks created by an older version of this library get webhooks of version 1
    private static JsonObject ContextOf(byte[] body) =>
        JsonNode.Parse(body)?["data"] is JsonObject ? WebhookVerifier.ReadOutcome(body).Data.Context : WebhookVerifier.Read(body).Context;
}
