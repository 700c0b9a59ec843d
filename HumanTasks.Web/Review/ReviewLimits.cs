using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>
/// The filter that limits repeated requests to one link and guessing of links. It provides the link's content as
/// <see cref="Visit"/>.
/// </summary>
internal sealed class ReviewLimits(RequestLimits limits, LinkTokens tokens) : IEndpointFilter
{
    private const string RetryAfterSeconds = "60";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var sent = request.RouteValues["token"] as string ?? "";
        var (token, claim) = (sent, tokens.Verify(sent));
        if (claim is null && WornToken.Clean(sent) is var cleaned && cleaned != sent && tokens.Verify(cleaned) is { } worn)
        {
            (token, claim) = (cleaned, worn);
        }

        var isolated = context.HttpContext.Surface() is Surface.SecureLink;
        var visit = Visit.ByLink(
            context.HttpContext, token, claim, isolated ? TaskKind.HumanTask : TaskKind.HumanIntervention);
        context.HttpContext.Features.Set(visit);
        if (token != sent && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return ValueTask.FromResult<object?>(new SeeOther(visit.Page + request.QueryString));
        }

        if (visit.Claim is null ? !limits.Refuse(context.HttpContext) : limits.AllowReview(context.HttpContext, token))
        {
            return next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ValueTask.FromResult<object?>(LinkRefusal.TooMany.Answer(request));
    }
}
