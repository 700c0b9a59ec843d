using System.Security.Claims;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>
/// Stands before the pages of an environment: whoever is no member of it finds nothing there, whether or not it exists, and
/// what changes something must come from a page of ours.
/// </summary>
internal sealed class StudioGate(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.Request.RouteValues.ContainsKey("environment") && context.User.FindFirstValue(Claims.Environment) is null)
        {
            return Desk.NotFound(context);
        }

        var isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isReading || context.ChecksTokenItself() || await antiforgery.IsOursAsync(context)
            ? await next(invocation)
            : Desk.Say(context, StatusCodes.Status400BadRequest, "NothingChanged", "SessionEndedText");
    }
}
