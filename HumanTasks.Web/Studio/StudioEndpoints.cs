using System.Security.Claims;
using HumanTasks.Web.Overview;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Branding;
using HumanTasks.Web.Studio.Home;
using HumanTasks.Web.Studio.RuleSets;
using HumanTasks.Web.Studio.Runs;
using HumanTasks.Web.Studio.Search;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Studio.SignIn;
using HumanTasks.Web.Studio.Tasks;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio;

/// <summary>The pages of members. They use the same core services as the API, under the same policies.</summary>
public static class StudioEndpoints
{
    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        var studio = app.MapGroup("/studio")
            .On(Surface.Studio)
            .ExcludeFromDescription()
            .InLanguageOfMember()
            .WithBrowserSecurity(ErrorPages.CrossSite)
            .AddEndpointFilter<RouteGroupBuilder, StudioGate>()
            .RequireAuthorization(Callers.StudioPolicy);
        studio.MapMethods("", ["GET", "HEAD"], Home);
        studio.MapPost("/sign-out", SignOutAsync).DisableAntiforgery();
        studio.MapMethods("/sessions", ["GET", "HEAD"], SessionsAsync);
        studio.MapPost("/sessions/{id}/end", EndSessionAsync).DisableAntiforgery();

        studio.MapSearchPages();

        var environment = studio.MapGroup("/{environment}");
        environment.MapMethods("", ["GET", "HEAD"], First);
        environment.MapMethods("/overview", ["GET", "HEAD"], OverviewAsync).RequireAuthorization(Scopes.Runs).InEnglishOrGerman();
        environment.MapTaskPages();
        environment.MapRunPages();
        environment.MapDeliveryPages();
        environment.MapRuleSetPages();
        environment.MapBrandingPages();
    }

    private static IResult Home(HttpContext context, Members members) =>
        members.Of(context.User.MemberAddress()!) is { Count: > 0 } memberships
            ? new SeeOther($"{context.Request.PathBase}/studio/{memberships[0].Environment.Id}")
            : Workspace.NotFound(context);

    private static SeeOther First(string environment, HttpContext context) => new(
        $"{context.Request.PathBase}/studio/{environment}/{(Workspace.Of(context).Environment!.HumanTasks || !context.User.May(Scopes.Runs, reading: true) ? "tasks" : "runs")}");

    private static async Task<IResult> OverviewAsync(HttpContext context, Overviews overviews)
    {
        var now = await overviews.OfAsync(context.User.EnvironmentId());
        return Workspace.Page<OverviewPage>(
            context,
            $"{now with { At = default, ByHour = [] }} {string.Join(' ', now.ByHour)} {string.Join(' ', now.Failures)} {string.Join(' ', now.OverdueByRuleSet)}",
            (nameof(OverviewPage.Now), now));
    }

    private static async Task<IResult> SessionsAsync(HttpContext context, StudioSessions sessions) => Workspace.Page<SessionsPage>(
        context,
        null,
        (nameof(SessionsPage.Sessions), await sessions.ListAsync(context.User.MemberAddress()!, context.RequestAborted)),
        (nameof(SessionsPage.Own), context.User.FindFirstValue(Claims.Session)));

    private static async Task<IResult> EndSessionAsync(string id, HttpContext context, StudioSessions sessions)
    {
        if (!await sessions.EndAsync(context.User.MemberAddress()!, id, context.RequestAborted))
        {
            return Workspace.NotFound(context);
        }

        if (id != context.User.FindFirstValue(Claims.Session))
        {
            return new SeeOther($"{context.Request.PathBase}/studio/sessions");
        }

        StudioSessions.Forget(context.Response);
        return new SeeOther(context.Request.PathBase + SessionAuthentication.SignInPath);
    }

    private static async Task<SeeOther> SignOutAsync(HttpContext context, StudioSessions sessions)
    {
        await sessions.EndAsync(
            context.User.MemberAddress()!, context.User.FindFirstValue(Claims.Session)!, context.RequestAborted);
        StudioSessions.Forget(context.Response);
        return new SeeOther(context.Request.PathBase + SessionAuthentication.SignInPath);
    }
}
