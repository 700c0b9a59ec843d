using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Masking;
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

/// <summary>A delivery of a response to a webhook.</summary>
/// <param name="Id">The message's ID, sent as <c>webhook-id</c>; also the ID of the run that delivers it.</param>
/// <param name="Status">waiting, delivered, failed or cancelled.</param>
/// <param name="Url">The address, without its query.</param>
/// <param name="CorrelationId">The correlation ID.</param>
/// <param name="ResponseId">The ID of the delivered response.</param>
/// <param name="CreatedAt">When it was queued.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null without one.</param>
/// <param name="BodySha256">The SHA-256 of the body as it is sent, in lower-case hexadecimal.</param>
/// <param name="Attempts">The attempts, oldest first.</param>
public sealed record DeliveryItem(
    string Id,
    string Status,
    string Url,
    string CorrelationId,
    string? ResponseId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    string BodySha256,
    IReadOnlyList<DeliveryAttempt> Attempts)
{
    private static readonly (string Word, RunStatus Status)[] Words =
        [("waiting", RunStatus.Running), ("delivered", RunStatus.Completed), ("failed", RunStatus.Failed), ("cancelled", RunStatus.Cancelled)];

    public static DeliveryItem Of(WebhookDelivery delivery, SecretMask mask)
    {
        var run = delivery.Run;
        return new DeliveryItem(
            run.Id,
            WordOf(run.State),
            mask.Text(delivery.Address),
            run.CorrelationId,
            delivery.ResponseId,
            run.CreatedAt,
            (run.State as RunState.Running)?.Retry?.Until,
            delivery.BodyHash,
            [.. delivery.Tries().Select(attempt => new DeliveryAttempt(attempt.At, attempt.Problem is null, mask.TextOrNull(attempt.Problem)))]);
    }

    public static string WordOf(RunState state) =>
        Words.FirstOrDefault(word => word.Status == state.Status).Word ?? (state.IsOver ? "failed" : "waiting");

    public static RunStatus? StatusOf(string word) =>
        Words.FirstOrDefault(known => known.Word == word) is { Word: not null } found ? found.Status : null;
}

/// <summary>An attempt at a delivery.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Delivered">Whether the receiver accepted it.</param>
/// <param name="Problem">Why it failed: the response, or that there was none.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, bool Delivered, string? Problem);
