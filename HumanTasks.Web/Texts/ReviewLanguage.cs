using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Texts;

/// <summary>Answers in the best language of <c>Accept-Language</c> (RFC 9110) for which there are texts.</summary>
internal sealed class ReviewLanguage : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var culture = CultureInfo.GetCultureInfo(Of(context.HttpContext.Request));
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        context.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        context.HttpContext.Response.Headers.ContentLanguage = culture.Name;
        return next(context);
    }

    internal static string Of(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(wanted => wanted.Quality is null or > 0)
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(wanted => ReviewTexts.Languages.FirstOrDefault(language =>
            wanted.Value.Equals(language, StringComparison.OrdinalIgnoreCase)
            || wanted.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(language => language is not null)
        ?? ReviewTexts.Languages[0];
}
