using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>
/// The error pages of the Studio in a browser: an unknown address, a role without permission, a fault. They need
/// neither a session nor the storage.
/// </summary>
internal static class StudioErrors
{
    private const string Html = "text/html";

    /// <summary>Returns whether a person, not a program, reads the response in the Studio.</summary>
    public static bool AreFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/studio", StringComparison.Ordinal)
        && context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase));

    public static IResult Of(HttpContext context, int status) => status switch
    {
        StatusCodes.Status403Forbidden => Page(context, status, "Forbidden", "ForbiddenText"),
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => Page(context, status, "NotFound", "NotFoundText"),
        StatusCodes.Status503ServiceUnavailable => Page(context, status, "Unavailable", "UnavailableText"),
        >= StatusCodes.Status500InternalServerError => Page(context, status, "Fault", "FaultText", context.TraceIdentifier),
        _ => Page(context, status, "NothingChanged", "RefusedText"),
    };

    private static RazorComponentResult<ErrorPage> Page(HttpContext context, int status, string title, string text, string? correlationId = null)
    {
        RequestLanguage.ShowInLanguageOfReader(context);
        context.Response.Headers.ContentLanguage = RequestLanguage.OfPage;
        return new(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Title)] = title,
            [nameof(ErrorPage.Text)] = text,
            [nameof(ErrorPage.CorrelationId)] = correlationId,
        })
        { StatusCode = status };
    }
}
