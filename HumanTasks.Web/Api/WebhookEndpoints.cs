using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of webhook deliveries: list and redeliver.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/webhooks/deliveries").WithTags("Webhooks").RequireAuthorization(Scopes.Runs);
        deliveries.MapGet("/", ListAsync)
            .Operation("listDeliveries", "invalid-query")
            .Tagged()
            .Words("status", "waiting", "delivered", "failed", "cancelled", "all")
            .WithSummary("Lists webhook deliveries with their attempts, newest first.")
            .Produces<ListAnswer<DeliveryItem>>();
        deliveries.MapPost("/{id}/redeliver", RedeliverAsync)
            .AnswersNoContent()
            .Operation("redeliver", "delivery-is-busy")
            .WithSummary("Redelivers a message immediately with the same message ID.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(string? limit, string? cursor, string? status, HttpContext context, IRunStore store)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        RunStatus? wanted = null;
        if (status is not (null or "" or "all"))
        {
            if (DeliveryItem.StatusOf(status) is not { } known)
            {
                return ApiProblem.InvalidQuery("status", "'status' must be one of: waiting, delivered, failed, cancelled, all.");
            }

            wanted = known;
        }

        var page = await store.ListRunsAsync(
            new RunQuery(context.User.EnvironmentId(), count, cursor, wanted, RuleSetName.Webhook), context.RequestAborted);
        return new ListResult<DeliveryItem>(
            new ListAnswer<DeliveryItem>([.. page.Items.Select(run => DeliveryItem.Of(new WebhookDelivery(run), WatchedSecrets.InList(context, run)))], page.Next),
            WebJson.Default.ListAnswerDeliveryItem);
    }

    private static async Task<IResult> RedeliverAsync(string id, HttpContext context, RunOperations operations) =>
        await operations.RedeliverAsync(context.User.EnvironmentId(), id, context.User.ActorName(), context.RequestAborted) switch
        {
            RunVerdict.Done => TypedResults.NoContent(),
            RunVerdict.NotFailed busy => ApiProblem.Of(
                StatusCodes.Status409Conflict, "delivery-is-busy", "The delivery is busy", "It is being delivered or is waiting for the run allowance. Try again later.", busy.Run.CorrelationId),
            _ => ApiProblem.NotFound("delivery"),
        };
}
