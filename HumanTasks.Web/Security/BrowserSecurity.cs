using HumanTasks.Web.Review;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Security;

/// <summary>What a browser may do with our pages, and which requests of a browser we refuse.</summary>
public static class BrowserSecurity
{
    /// <summary>The name of the hidden input with the antiforgery token; no field of a form can have it.</summary>
    public const string TokenField = "__RequestVerificationToken";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddBrowserSecurity(this IServiceCollection services) =>
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = TokenField;
            options.HeaderName = "X-CSRF-Token";
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
            options.Cookie.Name = "ht-antiforgery";
            options.Cookie.HttpOnly = true;
            options.Cookie.IsEssential = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

    /// <summary>Pages with their headers; what another site's page sends is refused.</summary>
    public static TBuilder WithBrowserSecurity<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            SetHeaders(context.Response.Headers);
            return IsFromAnotherSite(context.Request) ? Refusal(context.Request) : await next(invocation);
        });

    public static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-cache, no-store"; // as antiforgery insists on it
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>Fetch Metadata (W3C): browsers say where a request comes from; other clients say nothing.</summary>
    public static bool IsFromAnotherSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site
        && site[0] is not ("same-origin" or "none");

    /// <summary>Whether a form carries the token that its page was given. A wrong token is false, never an error.</summary>
    public static async Task<bool> IsOursAsync(this IAntiforgery antiforgery, HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    private static IResult Refusal(HttpRequest request) => ReviewRefusal.CrossSite.Answer(request);
}
