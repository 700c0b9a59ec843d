using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>
/// What a browser shows of the Studio when no page of it answers: an address without a page, a role that may not, a fault. It
/// needs neither a session nor the storage.
/// </summary>
internal static class StudioErrors
{
    private const string Html = "text/html";

    /// <summary>Whether a person reads the answer in the Studio, and no program.</summary>
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
