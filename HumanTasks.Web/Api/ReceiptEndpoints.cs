using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>What was answered, signed, and the keys to check it with.</summary>
internal static class ReceiptEndpoints
{
    private const string KeysFor = "public, max-age=300";

    public static void MapReceipts(this RouteGroupBuilder api) => api.MapGet("/runs/{id}/receipts", ListAsync)
        .WithTags("Runs")
        .RequireAuthorization(Scopes.Runs)
        .WithSummary("The receipts of a run's answers and rejections, oldest first, each signed and tied to the one before it.")
        .Produces<ListAnswer<ReceiptItem>>();

    public static void MapReceiptKeys(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/.well-known/jwks.json", (HttpContext context, ReceiptKeys keys) =>
    {
        context.Response.Headers.CacheControl = KeysFor;
        return TypedResults.Json(
            new JsonObject { ["keys"] = new JsonArray([.. keys.Public.Select(key => key.DeepClone())]) },
            WebJson.Default.JsonObject,
            "application/jwk-set+json");
    }).WithTags("Receipts").WithSummary("The public keys of receipts (RFC 7517).");

    private static async Task<IResult> ListAsync(string id, HttpContext context, RunDesk desk, IRunStore store)
    {
        if (await desk.FindDetailsAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } details)
        {
            return ApiProblem.NotFound("run");
        }

        List<ReceiptItem> items = [];
        foreach (var task in details.Tasks)
        {
            var responses = await store.ResponsesOfTaskAsync(task.Id, context.RequestAborted);
            items.AddRange(responses.Where(response => response.Receipt is not null).Select(ReceiptItem.Of));
        }

        return new ListResult<ReceiptItem>(new ListAnswer<ReceiptItem>(items, null), WebJson.Default.ListAnswerReceiptItem);
    }
}

/// <summary>A receipt.</summary>
/// <param name="Kind">answered, rejected or defaulted.</param>
/// <param name="At">When that was.</param>
/// <param name="TaskId">Of the task.</param>
/// <param name="Jws">The receipt itself (RFC 7515, compact form).</param>
public sealed record ReceiptItem(string Kind, DateTimeOffset At, string TaskId, string Jws)
{
    public static ReceiptItem Of(HumanResponse response) =>
        new(ReceiptSigner.KindOf(response), response.At, response.TaskId, response.Receipt!);
}
