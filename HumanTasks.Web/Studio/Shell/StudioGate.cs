using System.Security.Claims;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>
/// The filter before the pages of an environment. It returns 404 to anyone who is not a member, whether or not the
/// environment exists, and refuses changes that do not come from our own pages.
/// </summary>
internal sealed class StudioGate(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.Request.RouteValues.ContainsKey("environment") && context.User.FindFirstValue(Claims.Environment) is null)
        {
            return Workspace.NotFound(context);
        }

        var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isReading || context.ChecksTokenItself() || await antiforgery.IsOursAsync(context)
            ? await next(invocation)
            : Workspace.Say(context, StatusCodes.Status400BadRequest, "NothingChanged", "SessionEndedText");
    }
}
