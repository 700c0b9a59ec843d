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
/// Decides the language of every request, and with it how numbers and days are written and read; the server's own never counts.
/// A public page speaks the language that its visitor chose, the task's, or the best of <c>Accept-Language</c> (RFC 9110) for
/// which there are texts. A page of the Studio speaks the member's, or German or English where only those who run it read it;
/// a task's form on it speaks the task's, else the member's. Everything else is for programs, in English.
/// </summary>
internal static class RequestLanguage
{
    /// <summary>The name of the query that chooses a language.</summary>
    public const string Name = "lang";

    private const string CookieName = "ht-lang";
    private const string PageItem = "ht-page-lang";

    private static readonly AsyncLocal<string?> Page = new();

    /// <summary>The language of the page itself, where a form on it may be in another one.</summary>
    public static string OfPage => Page.Value ?? Languages.Current;

    /// <summary>
    /// What runs outside of requests, and what answers before their language is known, speaks to programs: in English, however
    /// the server is set up.
    /// </summary>
    public static void SetDefault() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

    /// <summary>The middleware. Runs behind the routing, which knows who reads the answer.</summary>
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

    /// <summary>Pages for whoever has the link, or signs in.</summary>
    public static RouteGroupBuilder InLanguageOfVisitor(this RouteGroupBuilder group) => group.InLanguageOf(ReadBy.Visitor);

    /// <summary>Pages for members.</summary>
    public static RouteGroupBuilder InLanguageOfMember(this RouteGroupBuilder group) => group.InLanguageOf(ReadBy.Member);

    /// <summary>Pages among those of members that only who runs the Studio reads, in English and German.</summary>
    public static TBuilder InEnglishOrGerman<TBuilder>(this TBuilder pages)
        where TBuilder : IEndpointConventionBuilder => pages.WithMetadata(ReadBy.Administrator);

    /// <summary>Shows one page, such as that of an error, in the member's language where its neighbours have fewer.</summary>
    public static void ShowInLanguageOfReader(HttpContext context)
    {
        var language = OfReader(context);
        Speak(context, language);
        Show(context, language);
    }

    /// <summary>Shows the forms of a page in the member's language, whatever the page itself has.</summary>
    public static void SpeakLanguageOfReader(HttpContext context) => Speak(context, OfReader(context));

    /// <summary>
    /// Speaks the language of a task: in the Studio always, elsewhere to who chose none. Called where the task is known, before
    /// anything is said of it.
    /// </summary>
    public static void Prefer(HttpContext context, HumanTask task)
    {
        if (Languages.Of(task.Language) is { } language
            && ReadBy.Of(context) is { } reader && (reader != ReadBy.Visitor || ChosenBefore(context) is null))
        {
            Speak(context, language);
        }
    }

    /// <summary>Speaks on in the language of the page from which something was sent.</summary>
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

    /// <summary>The same page again, without the wish in its address.</summary>
    private static void ShowAgain(HttpContext context)
    {
        var others = QueryString.Create(context.Request.Query.Where(parameter => parameter.Key != Name));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = UriHelper.BuildRelative(context.Request.PathBase, context.Request.Path, others);
    }

    /// <summary>Who reads what an endpoint answers; without it a program does.</summary>
    private sealed record ReadBy(string Name, Func<string, string> LanguageFor)
    {
        public static ReadBy Visitor { get; } = new(nameof(Visitor), static language => language);

        public static ReadBy Member { get; } = new(nameof(Member), static language => language);

        public static ReadBy Administrator { get; } = new(nameof(Administrator), StudioAdminTexts.LanguageFor);

        public static ReadBy? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ReadBy>();
    }

    /// <summary>An answer in the language that was settled last: what an inner method sets is forgotten when it returns.</summary>
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
