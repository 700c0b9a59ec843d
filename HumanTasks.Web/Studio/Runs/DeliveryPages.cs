using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>The page of webhook deliveries.</summary>
internal static class DeliveryPages
{
    private const int PageSize = 50;

    public static void MapDeliveryPages(this RouteGroupBuilder studio)
    {
        var webhooks = studio.MapGroup("/webhooks").RequireAuthorization(Scopes.Runs).InEnglishOrGerman();
        webhooks.MapMethods("", ["GET", "HEAD"], ListAsync);
        webhooks.MapPost("/{id}/redeliver", RedeliverAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore store)
    {
        var page = await store.ListRunsAsync(
            new RunQuery(context.User.EnvironmentId(), PageSize, Workspace.Text(context.Request.Query["cursor"]), null, RuleSetName.Webhook),
            context.RequestAborted);
        return Workspace.Page<DeliveriesPage>(
            context,
            string.Join('\n', page.Items.Select(run => $"{run.Id} {run.Version}")) + page.Next,
            (nameof(DeliveriesPage.Items), page.Items.Select(run => DeliveryItem.Of(new WebhookDelivery(run), WatchedSecrets.InList(context, run))).ToArray()),
            (nameof(DeliveriesPage.Next), page.Next));
    }

    private static async Task<IResult> RedeliverAsync(string id, HttpContext context, RunOperations operations) =>
        await operations.RedeliverAsync(context.User.EnvironmentId(), id, context.User.ActorName(), context.RequestAborted) is RunVerdict.Unknown
            ? Workspace.NotFound(context)
            : new SeeOther($"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/webhooks");
}
