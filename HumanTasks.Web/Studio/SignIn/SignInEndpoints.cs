using System.Globalization;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;
using HumanTasks.Core.Notices;
using HumanTasks.Core.People;
using HumanTasks.Core.Reading;
using HumanTasks.Web.Api;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.SignIn;

/// <summary>
/// The sign-in pages: three ways in, one kind of session. They never reveal whether an address is a member's.
/// </summary>
internal static partial class SignInEndpoints
{
    private const string CodeOwner = "codes";
    private const int MaxAddress = 254;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var signIn = app.MapGroup(SessionAuthentication.SignInPath)
            .On(Surface.SignIn)
            .WithTags("Sign-in")
            .InLanguageOfVisitor()
            .WithBrowserSecurity(ErrorPages.CrossSite);
        signIn.MapMethods("", [HttpMethods.Get, HttpMethods.Head], Show).ExcludeFromDescription();
        signIn.MapPost("", SendCodeAsync).DisableAntiforgery()
            .WithSummary("Sends a one-time code to a member's email address.")
            .Operation("sendSignInCode", "cross-site-request", "too-many-requests")
            .Takes(SignInRequest.WithoutCode)
            .TakesToo("application/x-www-form-urlencoded")
            .Produces(StatusCodes.Status202Accepted);
        signIn.MapPost("/code", CheckCodeAsync).DisableAntiforgery()
            .WithSummary("Signs a member in with a code.")
            .Operation("signIn", "cross-site-request", "too-many-requests", "wrong-code", "code-expired")
            .Takes(SignInRequest.WithCode)
            .TakesToo("application/x-www-form-urlencoded")
            .Produces(StatusCodes.Status204NoContent);
        signIn.MapPost("/openid-connect", ChallengeAsync).DisableAntiforgery().ExcludeFromDescription();
        signIn.MapPost("/platform", UsePlatformAsync).DisableAntiforgery().ExcludeFromDescription();
        signIn.MapMethods("/link/{link}", [HttpMethods.Get, HttpMethods.Head], ShowLink).ExcludeFromDescription();
        signIn.MapPost("/link/{link}", UseLinkAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    private static RazorComponentResult Show(HttpContext context, HumanTasksOptions options, PlatformPrincipal platform, IAntiforgery antiforgery)
    {
        CodeBrowser.Looking(context, context.Request.PathBase + SessionAuthentication.SignInPath);
        return Page(context, options, platform, antiforgery, problem: context.Request.Query[SessionAuthentication.ProblemName].ToString() switch
        {
            "stranger" => StudioTexts.Get("NotAMember"),
            "provider" => StudioTexts.Get("ProviderFailed"),
            SessionAuthentication.Ended => StudioTexts.Get("SignedOut"),
            _ => null,
        });
    }

    private static async Task<IResult> SendCodeAsync(
        HttpContext context,
        Members members,
        OneTimeCodes codes,
        CodeMail mail,
        NoticeWriter notices,
        RequestLimits limits,
        HumanTasksOptions options,
        PlatformPrincipal platform,
        IAntiforgery antiforgery)
    {
        var json = context.Request.WantsJson();
        var (address, _, refusal) = await ReadAsync(context, antiforgery, wantsCode: false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (PersonAddress.Of(address) is not { } known)
        {
            return json
                ? ApiProblem.InvalidDocument([new Core.Reading.Problem("/address", "Enter a valid email address.")])
                : Page(context, options, platform, antiforgery, StudioTexts.Get("FullAddress"), StatusCodes.Status422UnprocessableEntity, address);
        }

        if (limits.Refuse(context))
        {
            return TooMany(context, TimeSpan.FromMinutes(1));
        }

        var asker = CodeBrowser.Asking(context);
        switch (await codes.IssueAsync(ScopeOf(address), asker, context.RequestAborted))
        {
            case CodeIssue.Issued issued:
                CodeBrowser.Remember(context, asker, context.Request.PathBase + SessionAuthentication.SignInPath);
                if (members.Of(known).Count > 0 && EmailAddresses.Are(known))
                {
                    var email = notices.WriteCode(EmailAddresses.Are(address) ? address : known, issued.Code, null, context.TraceIdentifier);
                    mail.Post(email, $"sign-in-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))}");
                }

                break;
            case CodeIssue.TooSoon soon when json:
                return TooMany(context, soon.Wait);
            case CodeIssue.Locked locked when json:
                return TooMany(context, locked.Wait);
            default:
                break; // the page says when another code can be sent
        }

        return json
            ? TypedResults.Accepted((string?)null)
            : await CodePageAsync(context, codes, antiforgery, address, null, StatusCodes.Status200OK, asker);
    }

    private static async Task<IResult> CheckCodeAsync(
        HttpContext context,
        Members members,
        OneTimeCodes codes,
        StudioSessions sessions,
        IAntiforgery antiforgery)
    {
        var json = context.Request.WantsJson();
        var (address, code, refusal) = await ReadAsync(context, antiforgery, wantsCode: true);
        if (refusal is not null)
        {
            return refusal;
        }

        switch (await codes.CheckAsync(ScopeOf(address), CodeBrowser.Of(context), code, context.RequestAborted))
        {
            case CodeCheck.Right when members.Of(address).Count > 0:
                await sessions.BeginAsync(context, address, "code");
                return json ? TypedResults.NoContent() : SeeOther(context, ReturnAddress.Safe(context.Request, ReturnOf(context)));
            case CodeCheck.Wrong wrong when json:
                return Wrong(wrong.TriesLeft);
            case CodeCheck.Incomplete incomplete when json:
                return Wrong(incomplete.TriesLeft);
            case CodeCheck.Incomplete:
                return await CodePageAsync(
                    context, codes, antiforgery, address, StudioTexts.Get("CodeIncomplete"), StatusCodes.Status422UnprocessableEntity);
            case CodeCheck.Right or CodeCheck.TooMany { WasWrong: true } when json:
                return Wrong(0);
            case CodeCheck.TooMany many when json:
                return TooMany(context, many.Wait);
            case CodeCheck.Expired when json:
                return ApiProblem.Of(StatusCodes.Status410Gone, "code-expired", "The code has expired", "Request a new code.");
            case CodeCheck.Expired:
                return await CodePageAsync(
                    context, codes, antiforgery, address, StudioTexts.Get("CodeExpired"), StatusCodes.Status410Gone);
            case CodeCheck.TooMany { WasWrong: false }:
                return await CodePageAsync(context, codes, antiforgery, address, null, StatusCodes.Status429TooManyRequests);
            default:
                return await CodePageAsync(
                    context, codes, antiforgery, address, StudioTexts.Get("CodeWrong"), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> ChallengeAsync(HttpContext context, HumanTasksOptions options, IAntiforgery antiforgery) =>
        options.SignIn.OpenIdConnect.Authority is null ? TypedResults.NotFound()
        : !await antiforgery.IsOursAsync(context) ? ErrorPages.Refuse(context, StatusCodes.Status400BadRequest)
        : TypedResults.Challenge(
            new AuthenticationProperties { RedirectUri = ReturnAddress.Safe(context.Request, ReturnOf(context)) }, [OpenIdConnectSignIn.SchemeName]);

    private static async Task<IResult> UsePlatformAsync(
        HttpContext context, PlatformPrincipal platform, Members members, StudioSessions sessions, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsOursAsync(context))
        {
            return ErrorPages.Refuse(context, StatusCodes.Status400BadRequest);
        }

        if (platform.AddressOf(context.Request) is not { } address || members.Of(address).Count == 0)
        {
            return SeeOther(context, $"{context.Request.PathBase}{SessionAuthentication.SignInPath}?problem=stranger");
        }

        await sessions.BeginAsync(context, address, "appService");
        return SeeOther(context, ReturnAddress.Safe(context.Request, ReturnOf(context)));
    }

    private static RazorComponentResult ShowLink(string link, HttpContext context, SignInLinks links, IAntiforgery antiforgery) =>
        LinkPage(context, antiforgery, links.Read(link), StatusCodes.Status200OK);

    private static async Task<IResult> UseLinkAsync(
        string link, HttpContext context, SignInLinks links, Members members, StudioSessions sessions, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsOursAsync(context))
        {
            return ErrorPages.Refuse(context, StatusCodes.Status400BadRequest);
        }

        if (await links.UseAsync(link, context.RequestAborted) is not { } address || members.Of(address).Count == 0)
        {
            return LinkPage(context, antiforgery, null, StatusCodes.Status410Gone);
        }

        await sessions.BeginAsync(context, address, "link");
        return SeeOther(context, ReturnAddress.Home(context.Request));
    }

    private static CodeScope ScopeOf(string typed)
    {
        var address = PersonAddress.Written(typed);
        return new CodeScope(CodeOwner, OneTimeCodes.KeyOf($"sign-in {address}"), $"sign-in {address}");
    }

    /// <summary>Reads the address and code from a form or JSON; a form must come from our own page.</summary>
    private static async Task<(string Address, string Code, IResult? Refusal)> ReadAsync(
        HttpContext context, IAntiforgery antiforgery, bool wantsCode)
    {
        if (context.Request.WantsJson())
        {
            var (request, problem) = await ApiRequest.ReadAsync(context, wantsCode ? SignInRequest.WithCode : SignInRequest.WithoutCode);
            return (request?.Address ?? "", request?.Code ?? "", problem);
        }

        if (!context.Request.HasFormContentType || !await antiforgery.IsOursAsync(context))
        {
            return ("", "", ErrorPages.Refuse(context, StatusCodes.Status400BadRequest));
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var address = form["address"].ToString().Trim();
        return (address.Length <= MaxAddress ? address : "", form["code"].ToString(), null);
    }

    private static ProblemHttpResult Wrong(int triesLeft)
    {
        var details = ApiProblem.Details(
            StatusCodes.Status422UnprocessableEntity, "wrong-code", "The code is wrong", "Use the code from the latest email.");
        details.Extensions["triesLeft"] = triesLeft;
        return TypedResults.Problem(details);
    }

    private static IResult TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return context.Request.WantsJson() ? ApiProblem.TooManyRequests() : ErrorPages.Of(context, StatusCodes.Status429TooManyRequests);
    }

    private sealed record SignInRequest(string Address, string Code)
    {
        private static readonly TextMember AddressMember = new("address", MaxAddress) { Required = true, Says = "A member's email address." };
        private static readonly TextMember CodeMember = new("code", 50) { Required = true, Says = "Six digits." };

        public static readonly RequestBody<SignInRequest> WithoutCode =
            new(new Shape("SignInRequest", AddressMember), reader => new SignInRequest(reader.RequiredText(AddressMember), ""));

        public static readonly RequestBody<SignInRequest> WithCode = new(
            new Shape("SignInCodeRequest", AddressMember, CodeMember),
            reader => new SignInRequest(reader.RequiredText(AddressMember), reader.RequiredText(CodeMember)));
    }
}
