using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Receipts;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of signed receipts and of the keys that verify them.</summary>
internal static class ReceiptEndpoints
{
    public static void MapReceipts(this RouteGroupBuilder api) => api.MapGet("/runs/{id}/receipts", ListAsync)
        .WithTags("Runs")
        .RequireAuthorization(Scopes.Runs)
        .Operation("listReceipts", "invalid-query").Tagged()
        .WithSummary("Lists the receipts of a run in chain order, and the signed head of the chain.")
        .WithDescription("Returns all receipts unless 'limit' is set, so that an archive is complete.")
        .Produces<ReceiptList>();

    public static void MapReceiptKeys(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/.well-known/jwks.json", (ReceiptKeys keys) => TypedResults.Json(
        new JsonObject { ["keys"] = new JsonArray([.. keys.Public.Select(key => key.DeepClone())]) },
        WebJson.Default.JsonObject,
        "application/jwk-set+json")).WithTags("Receipts").WithSummary("Gets the public signing keys of receipts (RFC 7517).")
        .Operation("getReceiptKeys")
        .Produces<JsonWebKeys>(contentType: "application/jwk-set+json");

    private static async Task<IResult> ListAsync(
        string id, string? limit, string? cursor, HttpContext context, RunOperations operations, ReceiptLedger ledger, WatchedSecrets secrets, TimeProvider time)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        if (await operations.FindDetailsAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } details)
        {
            return ApiProblem.NotFound("run");
        }

        var receipts = await ledger.ReadAsync(details.Tasks, context.RequestAborted);
        var before = 0;
        if (!string.IsNullOrEmpty(cursor))
        {
            before = 1 + receipts.ToList().FindIndex(receipt => receipt.Response.Id == cursor);
            if (before == 0)
            {
                return ApiProblem.InvalidCursor();
            }
        }

        var rest = receipts.Skip(before).Select(receipt => receipt.Response).ToArray();
        var page = limit is null ? rest : [.. rest.Take(count)];
        var masks = new Dictionary<string, SecretMask>(StringComparer.Ordinal);
        foreach (var task in details.Tasks)
        {
            masks[task.Id] = await secrets.OfAsync(context, task);
        }

        // a receipt that signs something the caller may not see is left out as a whole; the head still counts it
        var seen = page.Where(response => masks[response.TaskId].Response(response).Receipt is not null);
        var list = new ReceiptList(
            [.. seen.Select(ReceiptItem.Of)],
            page.Length < rest.Length ? page[^1].Id : null,
            ledger.Head(details, receipts, time.GetUtcNow()));

        // the head differs at every request, so the ETag is computed without it
        var same = new ListAnswer<ReceiptItem>(list.Items, $"{list.Next} {receipts.Count}");
        return new TaggedResult<ReceiptList>(
            list, WebJson.Default.ReceiptList, JsonSerializer.SerializeToUtf8Bytes(same, WebJson.Default.ListAnswerReceiptItem));
    }
}
