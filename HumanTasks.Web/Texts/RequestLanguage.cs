using System.Globalization;
using HumanTasks.Core.Tasks;
using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Texts;

/// <summary>
/// Selects the language of every request, and with it the format of numbers and dates; the server's own language never
/// applies. A public page uses the language that its visitor chose, the task's, or the best of <c>Accept-Language</c>
/// (RFC 9110) that has texts. A page of the Studio uses the member's language, or German or English on pages for its
/// operators only; a task's form on it uses the task's language, else the member's. Everything else is for programs, in
/// English.
/// </summary>
internal static class RequestLanguage
{
    /// <summary>The query parameter that chooses a language.</summary>
    public const string Name = "lang";

    private const string CookieName = "ht-lang";
    private const string PageItem = "ht-page-lang";

    private static readonly AsyncLocal<string?> Page = new();

    /// <summary>The language of the page itself. A form on it may have another one.</summary>
    public static string OfPage => Page.Value ?? Languages.Current;

    /// <summary>
    /// Sets the language of code outside requests, and of responses before their language is known, to English, however
    /// the server is set up.
    /// </summary>
    public static void SetDefault() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

    /// <summary>The middleware. It runs after routing, which knows who reads the response.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ReadBy.Of(context) is not { } reader)
        {
            Speak(context, null);
        }
        else
        {
            if (Languages.Of(context.Request.Query[Name]) is { } chosen)
            {
                Choose(context, chosen);
                if (HttpMethods.IsGet(context.Request.Method))
                {
                    ShowAgain(context);
                    return;
                }
            }

            var language = reader.LanguageFor(OfReader(context));
            Speak(context, language);
            Show(context, reader == ReadBy.Visitor ? null : language);
        }

        await next(context);
    }

    /// <summary>Marks pages for anyone with the link or at sign-in.</summary>
    public static RouteGroupBuilder InLanguageOfVisitor(this RouteGroupBuilder group) => group.InLanguageOf(ReadBy.Visitor);

    /// <summary>Marks pages for members.</summary>
    public static RouteGroupBuilder InLanguageOfMember(this RouteGroupBuilder group) => group.InLanguageOf(ReadBy.Member);

    /// <summary>Marks member pages that only operators of the Studio read, in English and German.</summary>
    public static TBuilder InEnglishOrGerman<TBuilder>(this TBuilder pages)
        where TBuilder : IEndpointConventionBuilder => pages.WithMetadata(ReadBy.Administrator);

    /// <summary>
    /// Shows one page, such as an error page, in the member's language, where other pages have fewer languages.
    /// </summary>
    public static void ShowInLanguageOfReader(HttpContext context)
    {
        var language = OfReader(context);
        Speak(context, language);
        Show(context, language);
    }

    /// <summary>Shows the forms of a page in the member's language, whatever the language of the page.</summary>
    public static void SpeakLanguageOfReader(HttpContext context) => Speak(context, OfReader(context));

    /// <summary>
    /// Selects the language of a task: always in the Studio, elsewhere unless the visitor chose one. Must be called as
    /// soon as the task is known, before any text is created.
    /// </summary>
    public static void Prefer(HttpContext context, Question question)
    {
        if (Languages.Of(question.Language) is { } language
            && ReadBy.Of(context) is { } reader && (reader != ReadBy.Visitor || ChosenBefore(context) is null))
        {
            Speak(context, language);
        }
    }

    /// <summary>Continues in the language of the page that sent the request.</summary>
    public static void GoOn(HttpContext context, string? language)
    {
        if (language is not null && ReadBy.Of(context) is not null)
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

    private static RouteGroupBuilder InLanguageOf(this RouteGroupBuilder group, ReadBy reader) => group
        .WithMetadata(reader)
        .AddEndpointFilter(static async (invocation, next) => await next(invocation) is IResult result ? new Spoken(result) : null);

    private static void Speak(HttpContext context, string? language)
    {
        context.Items[CookieName] = language;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture =
            language is null ? CultureInfo.InvariantCulture : Languages.CultureOf(language);
    }

    private static void Show(HttpContext context, string? language) => context.Items[PageItem] = Page.Value = language;

    private static string OfReader(HttpContext context) => ChosenBefore(context) ?? OfBrowser(context.Request);

    private static string? ChosenBefore(HttpContext context) =>
        Languages.Of(context.Request.Query[Name]) ?? Languages.Of(context.Request.Cookies[CookieName]);

    private static void Choose(HttpContext context, string language) => context.Response.Cookies.Append(CookieName, language, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        Path = $"{context.Request.PathBase}/",
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
    });

    /// <summary>Redirects to the same page without the language in its address.</summary>
    private static void ShowAgain(HttpContext context)
    {
        var others = QueryString.Create(context.Request.Query.Where(parameter => parameter.Key != Name));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = UriHelper.BuildRelative(context.Request.PathBase, context.Request.Path, others);
    }

    /// <summary>Who reads the responses of an endpoint; without it a program does.</summary>
    private sealed record ReadBy(string Name, Func<string, string> LanguageFor)
    {
        public static ReadBy Visitor { get; } = new(nameof(Visitor), static language => language);

        public static ReadBy Member { get; } = new(nameof(Member), static language => language);

        public static ReadBy Administrator { get; } = new(nameof(Administrator), StudioAdminTexts.LanguageFor);

        public static ReadBy? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ReadBy>();
    }

    /// <summary>
    /// A result in the language that was selected last. It is needed because an async method's change of culture ends
    /// when the method returns.
    /// </summary>
    private sealed class Spoken(IResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var language = (string)httpContext.Items[CookieName]!;
            Speak(httpContext, language);
            Page.Value = (string?)httpContext.Items[PageItem];
            var headers = httpContext.Response.Headers;
            headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
            if (Page.Value is null)
            {
                headers.ContentLanguage = language;
            }

            return result.ExecuteAsync(httpContext);
        }
    }
}
