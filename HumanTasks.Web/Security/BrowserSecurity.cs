using System.Net;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Security;

/// <summary>
/// Protects pages in browsers: response headers, cookies, and the refusal of requests from other sites.
/// </summary>
public static class BrowserSecurity
{
    /// <summary>The name of the hidden input with the antiforgery token; no field of a form can have it.</summary>
    public const string TokenField = "__RequestVerificationToken";

    /// <summary>The cookie that belongs to the token; every page with a form sets it.</summary>
    public const string TokenCookie = "ht-antiforgery";

    /// <summary>The header in which programs send the same token.</summary>
    public const string TokenHeader = "X-CSRF-Token";

    // names the framework that renders the page, for scripts that these pages do not use
    private const string FrameworkHeader = "blazor-enhanced-nav";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Returns whether a browser sent the cookie that every page with a form sets.</summary>
    public static bool KeepsCookies(HttpRequest request) => request.Cookies.ContainsKey(TokenCookie);

    public static IServiceCollection AddBrowserSecurity(this IServiceCollection services)
    {
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, LinkOfToken>();
        return services.AddAntiforgery(options =>
        {
            options.FormFieldName = TokenField;
            options.HeaderName = TokenHeader;
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors replaces it
            options.Cookie.Name = TokenCookie;
            options.Cookie.HttpOnly = true;
            options.Cookie.IsEssential = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    /// <summary>
    /// Marks every cookie as Secure where the public address uses https. Behind a proxy that terminates TLS a request
    /// looks like plain http.
    /// </summary>
    public static IApplicationBuilder UseSecureCookies(this IApplicationBuilder app) =>
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            OnAppendCookie = static cookie => cookie.CookieOptions.Secure |= IsHttps(cookie.Context),
            OnDeleteCookie = static cookie => cookie.CookieOptions.Secure |= IsHttps(cookie.Context),
        });

    private static bool IsHttps(HttpContext context) =>
        context.Request.IsHttps
        || context.RequestServices.GetRequiredService<PublicBaseAddress>().Find()?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Adds the security headers to pages, and refuses requests from other sites' pages.</summary>
    /// <param name="builder">The pages.</param>
    /// <param name="refuse">Returns the response to a request from another site's page.</param>
    public static TBuilder WithBrowserSecurity<TBuilder>(this TBuilder builder, Func<HttpRequest, IResult> refuse)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            Protect(context.Response);
            return IsFromAnotherSite(context) ? refuse(context.Request) : await next(invocation);
        });

    /// <summary>Adds the security headers to a page, and removes the one of the framework.</summary>
    public static void Protect(HttpResponse response)
    {
        SetHeaders(response.Headers);
        response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers.Remove(FrameworkHeader);
            return Task.CompletedTask;
        }, response);
    }

    public static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-cache, no-store"; // antiforgery requires exactly this
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>
    /// Returns whether another site's page sent a request, by Fetch Metadata (W3C). A browser too old for it sends at
    /// least an Origin (RFC 6454), which must be ours; other clients send neither.
    /// </summary>
    public static bool IsFromAnotherSite(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return false;
        }

        return request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site
            ? site[0] is not ("same-origin" or "none")
            : request.Headers.Origin is { Count: > 0 } origin && !IsOurs(context, origin[0]);
    }

    // the public address, or the address at which the host itself listens
    private static bool IsOurs(HttpContext context, string? origin) =>
        IsPublic(context, origin) || string.Equals(origin, Direct(context.Request), StringComparison.OrdinalIgnoreCase);

    private static string Direct(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static bool IsPublic(HttpContext context, string? origin) =>
        context.RequestServices.GetRequiredService<PublicBaseAddress>().Find() is { } own
        && string.Equals(origin, own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns whether an Origin is the public address, or this machine's own name if the request used it. The
    /// request's Host alone proves nothing, because a site can let its own name resolve to this machine.
    /// </summary>
    public static bool IsOwnOrigin(HttpContext context, string? origin) =>
        IsPublic(context, origin) || (IsOwnMachine(context) && string.Equals(origin, Direct(context.Request), StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether a request used the public host name or this machine's own.</summary>
    public static bool IsOwnHost(HttpContext context) =>
        IsOwnMachine(context)
        || string.Equals(
            context.RequestServices.GetRequiredService<PublicBaseAddress>().Find()?.Host, context.Request.Host.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns whether the Host is localhost or the connection's local address, which no DNS name can imitate.
    /// </summary>
    private static bool IsOwnMachine(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address)
                && (IPAddress.IsLoopback(address) || address.MapToIPv6().Equals(context.Connection.LocalIpAddress?.MapToIPv6())));
    }

    /// <summary>
    /// Returns whether a form carries the token of its page. A wrong token returns false; only a form that is too large
    /// to be read is an error.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The form is too large.</exception>
    public static async Task<bool> IsOursAsync(this IAntiforgery antiforgery, HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException unread)
        {
            return unread.InnerException switch
            {
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => throw unread.InnerException,
                InvalidDataException => throw new BadHttpRequestException(unread.Message, StatusCodes.Status413PayloadTooLarge, unread),
                _ => false,
            };
        }
    }
}
