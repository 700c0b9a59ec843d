using HumanTasks.Core.Links;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HumanTasks.Web.Review;

/// <summary>Stops who opens one link again and again, and who guesses links. Leaves what the link says as <see cref="OpenedLink"/>.</summary>
internal sealed class ReviewLimits(RequestLimits limits, LinkTokens tokens) : IEndpointFilter
{
    private const string RetryAfterSeconds = "60";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var token = request.RouteValues["token"] as string ?? "";
        var link = new OpenedLink(tokens.Verify(token));
        context.HttpContext.Features.Set(link);
        if (link.Claim is null ? !limits.Refuse(context.HttpContext) : limits.AllowReview(token))
        {
            return next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ValueTask.FromResult<object?>(ReviewRefusal.TooMany.Answer(request));
    }
}

/// <summary>The link of a request, verified once.</summary>
/// <param name="Claim">What it says; null for a token that is not ours.</param>
internal sealed record OpenedLink(LinkClaim? Claim)
{
    public static LinkClaim? ClaimOf(HttpContext context) => context.Features.GetRequiredFeature<OpenedLink>().Claim;
}
