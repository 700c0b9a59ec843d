using HumanTasks.Standalone.Start;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Standalone.Pages;

/// <summary>The start page for new users, which only this host has.</summary>
internal static class StandalonePages
{
    public static void MapStandalonePages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/")
            .WithBrowserSecurity(ErrorPages.CrossSite)
            .InLanguageOfMember()
            .ExcludeFromDescription()
            .InEnglishOrGerman();
        pages.MapMethods("/", ["GET", "HEAD"], ShowAsync);
        if (app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            pages.MapMethods($"{Greeting.StartPath}/{{link}}", ["GET", "HEAD"], ShowStartAsync);
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext context, HomeReader reader, PublicBaseAddress address) =>
        Page(address, await reader.ReadAsync(context));

    /// <summary>
    /// Shows the start page with the button that opens the Studio. The printed link is the proof, and only the button
    /// uses it up; where a request comes from proves nothing, because a proxy makes every caller look local.
    /// </summary>
    private static async Task<IResult> ShowStartAsync(
        string link, HttpContext context, HomeReader reader, SignInLinks links, PublicBaseAddress address, IAntiforgery antiforgery)
    {
        var state = await reader.ReadAsync(context);
        var signsIn = await links.FindAsync(link, context.RequestAborted);
        return signsIn is null || HttpMethods.IsHead(context.Request.Method)
            ? Page(address, state, isOver: signsIn is null && state is not { IsSignedIn: true })
            : Page(address, state! with { Start = new StartLink(link, signsIn, antiforgery.GetAndStoreTokens(context).RequestToken ?? "") });
    }

    private static RazorComponentResult<HomePage> Page(PublicBaseAddress address, HomeState? state, bool isOver = false) =>
        new(new Dictionary<string, object?>
        {
            [nameof(HomePage.State)] = state,
            [nameof(HomePage.IsOver)] = isOver,
            [nameof(HomePage.Address)] = address.Get().ToString().TrimEnd('/'),
        });
}
