using System.Security.Claims;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of the caller: <c>/api/me</c>.</summary>
public static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/me").WithTags("Members");
        me.MapGet("/", Get)
            .RequireAuthorization()
            .Operation("getMe")
            .WithSummary("Gets the caller and their permissions. For sessions, includes the token for X-CSRF-Token.")
            .Produces<MeAnswer>();
        me.MapGet("/sessions", SessionsAsync)
            .RequireAuthorization(Callers.MemberPolicy)
            .Operation("listSessions").Tagged()
            .WithSummary("Lists the caller's sessions, newest first.")
            .Produces<ListAnswer<SessionItem>>();
        me.MapDelete("/sessions/{id}", EndAsync)
            .RequireAuthorization(Callers.MemberPolicy)
            .Operation("endSession")
            .WithSummary("Ends one of the caller's sessions.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Get(HttpContext context, Members members, IAntiforgery antiforgery)
    {
        var caller = context.User;
        var environment = caller.FindFirstValue(Claims.Environment);
        return caller.MemberAddress() is { } address
            ? TypedResults.Ok(new MeAnswer(
                address,
                caller.Identity?.Name ?? address,
                environment,
                caller.FindFirstValue(Claims.Role)?.ToLowerInvariant(),
                [.. members.Of(address).Select(membership => new MyEnvironment(
                    membership.Environment.Id,
                    membership.Environment.DisplayName,
                    WireNames.Of(membership.Member.Role),
                    membership.Environment.HumanTasks))],
                null,
                antiforgery.GetAndStoreTokens(context).RequestToken))
            : TypedResults.Ok(new MeAnswer(
                null, caller.ActorName(), environment, null, [], [.. caller.FindAll(Claims.Scope).Select(scope => scope.Value)], null));
    }

    private static async Task<IResult> SessionsAsync(HttpContext context, StudioSessions sessions)
    {
        var own = context.User.FindFirstValue(Claims.Session);
        var items = (await sessions.ListAsync(context.User.MemberAddress()!, context.RequestAborted))
            .Select(session => new SessionItem(
                session.Id, session.BeganAt, session.ExpiresAt, session.How, session.Device, session.Id == own));
        return new ListResult<SessionItem>(new ListAnswer<SessionItem>([.. items], null), WebJson.Default.ListAnswerSessionItem);
    }

    private static async Task<IResult> EndAsync(string id, HttpContext context, StudioSessions sessions) =>
        await sessions.EndAsync(context.User.MemberAddress()!, id, context.RequestAborted)
            ? TypedResults.NoContent()
            : ApiProblem.NotFound("session");
}
