using HumanTasks.Core;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>
/// The cookie that leads a browser back to the receipt of its response. It is sent to that link only, and holds the ID
/// of the response, which is useless without the link.
/// </summary>
internal static class ReceiptCookie
{
    private const string Name = "ht-receipt";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void Set(HttpContext context, string responseId) => context.Response.Cookies.Append(Name, responseId, new CookieOptions
    {
        Path = PathOf(context),
        HttpOnly = true,
        IsEssential = true,
        MaxAge = Lifetime,
        SameSite = SameSiteMode.Lax, // a link in an email opens from another site
    });

    /// <summary>Returns the address of the receipt for this browser's response to the link; null without one.</summary>
    public static string? AddressOf(HttpRequest request) =>
        request.Cookies[Name] is { } id && Ids.IsId(id) && request.HttpContext.Surface() is Surface.Review
            ? $"{PathOf(request.HttpContext)}/responses/{id}"
            : null;

    private static string PathOf(HttpContext context) =>
        $"{context.Request.PathBase}/review/{context.Request.RouteValues["token"]}";
}
