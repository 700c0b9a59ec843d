using HumanTasks.Web.Overview;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoint of an environment's state: <c>/api/overview</c>.</summary>
public static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder app) => app.MapGet("/overview", GetAsync)
        .WithTags("Overview")
        .RequireAuthorization(Scopes.Runs)
        .Operation("getOverview")
        .WithSummary("Gets counts of pending and overdue tasks, response times and failed runs.")
        .Produces<OverviewAnswer>();

    private static async Task<Ok<OverviewAnswer>> GetAsync(HttpContext context, Overviews overviews) =>
        TypedResults.Ok(await overviews.OfAsync(context.User.EnvironmentId()));
}
