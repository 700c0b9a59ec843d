using System.Globalization;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Texts;

/// <summary>
/// In which language a visitor is answered: the one that they chose on the page, for as long as their browser is open; what the
/// task's author set; the best of <c>Accept-Language</c> (RFC 9110) for which there are texts.
/// </summary>
internal sealed class ReviewLanguage : IEndpointFilter
{
    /// <summary>The name of the cookie with what a visitor chose, and of the query that chooses.</summary>
    public const string Name = "lang";

    private const string CookieName = "ht-lang";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (Languages.Of(context.Request.Query[Name]) is { } chosen)
        {
            Choose(context, chosen);
            if (HttpMethods.IsGet(context.Request.Method))
            {
                return new Chosen(context.Request.PathBase + context.Request.Path);
            }
        }

        Speak(context, ChosenBefore(context) ?? OfBrowser(context.Request));
        return await next(invocation) is IResult result ? new Spoken(result) : null;
    }

    /// <summary>Speaks the language of a task to who chose none. Called where the task is known, before anything is said of it.</summary>
    public static void Prefer(HttpContext context, HumanTask task)
    {
        if (Languages.Of(task.Language) is { } language && ChosenBefore(context) is null && context.Items.ContainsKey(CookieName))
        {
            Speak(context, language);
        }
    }

    internal static string OfBrowser(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(wanted => wanted.Quality is null or > 0)
        .OrderByDescending(wanted => wanted.Quality ?? 1)
        .Select(wanted => Languages.Of(wanted.Value.Value))
        .FirstOrDefault(language => language is not null)
        ?? Languages.Fallback;

    private static void Speak(HttpContext context, string language)
    {
        context.Items[CookieName] = language;
        var culture = Languages.CultureOf(language);
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
    }

    private static string? ChosenBefore(HttpContext context) =>
        Languages.Of(context.Request.Query[Name]) ?? Languages.Of(context.Request.Cookies[CookieName]);

    private static void Choose(HttpContext context, string language) => context.Response.Cookies.Append(CookieName, language, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
    });

    /// <summary>An answer in the language that was settled last: what an inner method sets is forgotten when it returns.</summary>
    private sealed class Spoken(IResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var language = (string)httpContext.Items[CookieName]!;
            Speak(httpContext, language);
            httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
            httpContext.Response.Headers.ContentLanguage = language;
            return result.ExecuteAsync(httpContext);
        }
    }

    /// <summary>The same page again, without the wish in its address.</summary>
    private sealed class Chosen(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
