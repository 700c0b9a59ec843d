using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The page of a task with its files and receipts.</summary>
internal static class TaskShownPages
{
    public static void MapTaskShownPages(this RouteGroupBuilder tasks)
    {
        tasks.MapMethods("/{id}", ["GET", "HEAD"], ShowAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/shown/{field}", ["GET", "HEAD"], ShowFileAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/responses/{responseId}/receipt.html", ["GET", "HEAD"], PrintAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/responses/{responseId}/receipt.json", ["GET", "HEAD"], SignedAsync).RequireAuthorization(Scopes.Tasks);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await TaskCalls.FindAsync(context, operations, id) is { } task ? await page.ShowAsync(context, task) : Workspace.NotFound(context);

    private static async Task<IResult> ShowFileAsync(
        string id, string field, HttpContext context, TaskOperations operations, ShownFiles shown, WatchedSecrets secrets) =>
        await TaskCalls.FindAsync(context, operations, id) is { } task && (await secrets.OfAsync(context, task)).IsEmpty
            ? await shown.ServeAsync(context, TaskView.Of(task), field)
            : Workspace.NotFound(context);

    private static async Task<IResult> PrintAsync(
        string id,
        string responseId,
        HttpContext context,
        TaskOperations operations,
        IRunStore store,
        WatchedSecrets secrets,
        Brands brands,
        PublicBaseAddress address) =>
        await FindReceiptAsync(context, operations, store, secrets, id, responseId) is var (task, response)
            ? ReviewAnswers.Print(
                context,
                new Receipt(TaskView.Of(task), response, new LiveState(RunStatus.Completed), Workspace.Of(context).Environment!.DisplayName)
                {
                    Brand = await brands.OfAsync(task.Environment, context.RequestAborted),
                },
                $"{TaskPages.PathOf(context, id)}/responses/{responseId}/receipt.json",
                address,
                hasLanguages: false)
            : Workspace.NotFound(context);

    private static async Task<IResult> SignedAsync(
        string id, string responseId, HttpContext context, TaskOperations operations, IRunStore store, WatchedSecrets secrets)
    {
        if (await FindReceiptAsync(context, operations, store, secrets, id, responseId) is not var (_, response))
        {
            return Workspace.NotFound(context);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=receipt-{response.Id}.json";
        return TypedResults.Json(ReceiptItem.Of(response), WebJson.Default.ReceiptItem);
    }

    /// <summary>
    /// Returns the data of a receipt; null if the receipt signs something that the member may not see.
    /// </summary>
    private static async Task<(HumanTask Task, HumanResponse Response)?> FindReceiptAsync(
        HttpContext context, TaskOperations operations, IRunStore store, WatchedSecrets secrets, string id, string responseId)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return null;
        }

        RequestLanguage.Prefer(context, task.Question);
        var mask = await secrets.OfAsync(context, task);
        var response = (await store.ResponsesOfTaskAsync(id, context.RequestAborted)).FirstOrDefault(one => one.Id == responseId);
        return response is not null && mask.Response(response) is { Receipt: not null } seen ? (mask.Task(task), seen) : null;
    }
}
