using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Security;

/// <summary>
/// A stylesheet that shows what a page says about blocked cookies, and hides what needs them, if the browser did not send the
/// cookie that came with the page. So the page says it before anybody types, also without a script. The asset
/// <c>cookies.css</c> imports it.
/// </summary>
internal static class CookieNotice
{
    public const string Address = "/cookies.css";

    private const string Shown = ".cookieless { display: block; } .needs-cookie, .languages { display: none; }";

    public static ContentHttpResult Style(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Content(BrowserSecurity.KeepsCookies(context.Request) ? "" : Shown, "text/css; charset=utf-8");
    }
}
