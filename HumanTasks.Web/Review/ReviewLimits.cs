using HumanTasks.Core.Links;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review;

/// <summary>Stops who opens one link again and again, and who guesses links.</summary>
internal sealed class ReviewLimits(RequestLimits limits, LinkTokens tokens) : IEndpointFilter
{
    private const string RetryAfterSeconds = "60";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var token = request.RouteValues["token"] as string ?? "";
        if (tokens.Verify(token) is null ? !limits.Refuse(context.HttpContext) : limits.AllowReview(token))
        {
            return next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ValueTask.FromResult<object?>(ReviewRefusal.TooMany.Answer(request));
    }
}
