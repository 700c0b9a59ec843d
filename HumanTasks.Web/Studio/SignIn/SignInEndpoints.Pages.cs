using HumanTasks.Core.Links;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Studio.SignIn;

internal static partial class SignInEndpoints
{
    private static RazorComponentResult Page(
        HttpContext context,
        HumanTasksOptions options,
        PlatformPrincipal platform,
        IAntiforgery antiforgery,
        string? problem = null,
        int status = StatusCodes.Status200OK,
        string? address = null) => new(typeof(SignInPage), new Dictionary<string, object?>
        {
            [nameof(SignInPage.Token)] = TokenFor(context, antiforgery),
            [nameof(SignInPage.Return)] = ReturnOf(context),
            [nameof(SignInPage.Provider)] = options.SignIn.OpenIdConnect is { Authority: { } authority } provider
                ? provider.DisplayName ?? authority.Host
                : null,
            [nameof(SignInPage.Platform)] = platform.AddressOf(context.Request),
            [nameof(SignInPage.Problem)] = problem,
            [nameof(SignInPage.Address)] = address,
        })
        { StatusCode = status };

    private static async Task<RazorComponentResult> CodePageAsync(
        HttpContext context, OneTimeCodes codes, IAntiforgery antiforgery, string address, string? problem, int status, CodeAsker? asker = null) =>
        new(typeof(SignInCodePage), new Dictionary<string, object?>
        {
            [nameof(SignInCodePage.Token)] = TokenFor(context, antiforgery),
            [nameof(SignInCodePage.Return)] = ReturnOf(context),
            [nameof(SignInCodePage.Address)] = address,
            [nameof(SignInCodePage.Standing)] = await codes.LookAsync(
                ScopeOf(address), asker ?? CodeBrowser.Of(context), context.RequestAborted),
            [nameof(SignInCodePage.Problem)] = problem,
        })
        { StatusCode = status };

    private static RazorComponentResult LinkPage(HttpContext context, IAntiforgery antiforgery, string? address, int status) =>
        new(typeof(SignInLinkPage), new Dictionary<string, object?>
        {
            [nameof(SignInLinkPage.Token)] = TokenFor(context, antiforgery),
            [nameof(SignInLinkPage.Address)] = address,
        })
        { StatusCode = status };

    private static string TokenFor(HttpContext context, IAntiforgery antiforgery) =>
        HttpMethods.IsHead(context.Request.Method) ? "" : antiforgery.GetAndStoreTokens(context).RequestToken ?? "";

    private static string? ReturnOf(HttpContext context)
    {
        var given = context.Request.Query["return"].ToString() is { Length: > 0 } query ? query
            : context.Request.HasFormContentType ? context.Request.Form["return"].ToString()
            : null;
        return given is null || ReturnAddress.Safe(context.Request, given) == ReturnAddress.Home(context.Request) ? null : given;
    }

    private static Microsoft.AspNetCore.Http.IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
