using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Security;

/// <summary>
/// Allows browsers and proxies to cache assets only. Every other response is <c>no-store</c>, including refusals,
/// redirects and 304; an ETag still spares a caller that kept the body itself.
/// </summary>
internal static class Caching
{
    private static readonly CacheControlHeaderValue NoStore = new() { NoStore = true };

    /// <summary>Marks endpoints of assets.</summary>
    public static TBuilder MayBeCached<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Mark());

    /// <summary>
    /// Adds the middleware. It must be first in the pipeline, to set the header just before a response begins.
    /// </summary>
    public static IApplicationBuilder UseNoStore(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void Set(HttpContext context)
    {
        var response = context.Response;
        var isAsset = response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified or StatusCodes.Status206PartialContent
            && context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;
        if (!isAsset)
        {
            new ResponseHeaders(response.Headers).CacheControl = NoStore;
            response.Headers.Remove(HeaderNames.Pragma);
            response.Headers.Remove(HeaderNames.Expires);
        }
    }

    private sealed record Mark;
}
