using System.Buffers.Text;
using System.Security.Cryptography;
using HumanTasks.Core.Links;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The browser that asks for a code: a cookie of chance, by which its own wrong codes are told from those of others. It opens
/// nothing; a code does.
/// </summary>
internal static class CodeBrowser
{
    private const string CookieName = "ht-code";
    private const int Bytes = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Who sent a request.</summary>
    public static CodeAsker Of(HttpContext context) => new(Known(context), AddressBlock.Of(context));

    /// <summary>Who asks for a code: a browser without a cookie is one that <see cref="Remember"/> gives one to.</summary>
    public static CodeAsker Asking(HttpContext context) => Known(context) is { } known
        ? new CodeAsker(known, AddressBlock.Of(context))
        : new CodeAsker(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)), AddressBlock.Of(context), IsNew: true);

    /// <summary>Gives a browser that is new its cookie.</summary>
    /// <param name="context">Of the answer.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="path">Below which codes are asked for and typed.</param>
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

    /// <summary>Who looks at the page that asks for a code, which gives them a cookie: from then on their browser speaks for them.</summary>
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
