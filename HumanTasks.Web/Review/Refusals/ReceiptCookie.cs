using HumanTasks.Core;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>
/// Leads who answered a link in this browser back to their receipt. It is sent to that link only, and holds the id of the
/// answer, which opens nothing without the link.
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
        SameSite = SameSiteMode.Lax, // a link in a mail opens from another site
    });

    /// <summary>Where the receipt is of what this browser sent to the link; null when it sent nothing.</summary>
    public static string? AddressOf(HttpRequest request) =>
        request.Cookies[Name] is { } id && Ids.IsId(id) && request.HttpContext.Surface() is Surface.Review
            ? $"{PathOf(request.HttpContext)}/responses/{id}"
            : null;

    private static string PathOf(HttpContext context) =>
        $"{context.Request.PathBase}/review/{context.Request.RouteValues["token"]}";
}
