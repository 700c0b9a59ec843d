using System.Buffers.Text;
using System.Security.Cryptography;
using HumanTasks.Core.Links;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The identification of a browser that requests a code: a random cookie that separates its own wrong codes from those
/// of others. The cookie grants no access; only a code does.
/// </summary>
internal static class CodeBrowser
{
    private const string CookieName = "ht-code";
    private const int Bytes = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Returns the sender of a request.</summary>
    public static CodeAsker Of(HttpContext context) => new(Known(context), AddressBlock.Of(context));

    /// <summary>
    /// Returns the sender of a request for a code. A browser without a cookie gets a new one by <see cref="Remember"/>.
    /// </summary>
    public static CodeAsker Asking(HttpContext context) => Known(context) is { } known
        ? new CodeAsker(known, AddressBlock.Of(context))
        : new CodeAsker(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)), AddressBlock.Of(context), IsNew: true);

    /// <summary>Gives a new browser its cookie.</summary>
    /// <param name="context">The context of the response.</param>
    /// <param name="asker">The sender of the request.</param>
    /// <param name="path">The path below which codes are requested and entered.</param>
    public static void Remember(HttpContext context, CodeAsker asker, string path)
    {
        if (asker.IsNew)
        {
            context.Response.Cookies.Append(CookieName, asker.Browser!, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Lifetime,
                Path = path,
                SameSite = SameSiteMode.Lax,
            });
        }
    }

    /// <summary>
    /// Returns the viewer of the page that requests a code, and sets the cookie that identifies them from then on.
    /// </summary>
    public static CodeAsker Looking(HttpContext context, string path)
    {
        var asker = Asking(context);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Of(context);
        }

        Remember(context, asker, path);
        return asker with { IsNew = false };
    }

    private static string? Known(HttpContext context) =>
        context.Request.Cookies[CookieName] is { } given && given.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(given)
            ? given
            : null;
}
