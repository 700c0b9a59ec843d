using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>
/// The pages of refusals and faults. A member sees the frame of the Studio, everyone else a plain page; a fault needs
/// neither a session nor the storage.
/// </summary>
internal static class ErrorPages
{
    /// <summary>
    /// Returns whether a person reads the response. The API and MCP are for programs, pages are for people unless a
    /// client asks for JSON, and an address that matched nothing is for whoever asks for HTML.
    /// </summary>
    public static bool AreFor(HttpContext context) => context.Surface() switch
    {
        Surface.Api or Surface.Tools => false,
        Surface.Open => context.Request.WantsHtml(),
        _ => !context.Request.WantsJson(),
    };

    /// <summary>Returns the page of a status without anything to add.</summary>
    public static IResult Of(HttpContext context, int status)
    {
        Speak(context);
        return Page(context, status switch
        {
            // whether or not there is such an environment
            StatusCodes.Status403Forbidden when !context.User.HasClaim(claim => claim.Type == Claims.Environment) =>
                PageRefusal.Of(context, StatusCodes.Status404NotFound),
            StatusCodes.Status403Forbidden => RoleRefusal.Of(context),
            _ => PageRefusal.Of(context, status),
        });
    }

    /// <summary>Returns the page of a status, or problem details for a program.</summary>
    public static IResult Refuse(HttpContext context, int status) =>
        AreFor(context) ? Of(context, status) : Wire.LinkRefusal.Malformed.Answer(context.Request);

    /// <summary>Returns the page for a place in a list that the list does not have.</summary>
    public static IResult OfCursor(HttpContext context)
    {
        Speak(context);
        return Page(context, PageRefusal.OfCursor(context));
    }

    /// <summary>Returns the refusal of a request from another site's page.</summary>
    public static IResult CrossSite(HttpRequest request)
    {
        if (!AreFor(request.HttpContext))
        {
            return Wire.LinkRefusal.CrossSite.Answer(request);
        }

        Speak(request.HttpContext);
        return Page(request.HttpContext, PageRefusal.CrossSite(request.HttpContext));
    }

    private static void Speak(HttpContext context)
    {
        RequestLanguage.ShowInLanguageOfReader(context);
        context.Response.Headers.ContentLanguage = RequestLanguage.OfPage;
        BrowserSecurity.Protect(context.Response);
    }

    private static RazorComponentResult Page(HttpContext context, PageRefusal refusal)
    {
        Dictionary<string, object?> parameters = new() { [nameof(ErrorPage.Refusal)] = refusal };
        if (context.User.IsMember() && context.Surface() is Surface.Studio or Surface.Open && refusal.Status < StatusCodes.Status500InternalServerError)
        {
            parameters[nameof(ErrorPage.Workspace)] = Workspace.Of(context);
        }

        return new RazorComponentResult<ErrorPage>(parameters) { StatusCode = refusal.Status };
    }
}
