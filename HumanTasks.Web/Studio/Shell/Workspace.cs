using System.Security.Claims;
using System.Text;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>What every page of the Studio knows: the environment, the member, and what they may do.</summary>
/// <param name="Environment">The page's environment; null for a page without one.</param>
/// <param name="Address">The address of the member who reads it.</param>
/// <param name="Name">The member's name as others see it.</param>
/// <param name="Caller">The member with the claims of their role.</param>
/// <param name="Environments">All environments of the member.</param>
/// <param name="Token">The antiforgery token for every form.</param>
public sealed record Workspace(
    RunEnvironment? Environment,
    string Address,
    string Name,
    ClaimsPrincipal Caller,
    IReadOnlyList<Membership> Environments,
    string Token)
{
    /// <summary>The path below which the Studio is reached; empty for none.</summary>
    public string PathBase { get; private init; } = "";

    /// <summary>Returns the address of a page of the environment.</summary>
    public string At(string path) => $"{PathBase}/studio/{Environment!.Id}/{path}";

    public bool May(string scope) => Caller.May(scope);

    public bool MayRead(string scope) => Caller.May(scope, reading: true);

    public static Workspace Of(HttpContext context)
    {
        var address = context.User.MemberAddress()!;
        var id = context.User.FindFirstValue(Claims.Environment);
        var services = context.RequestServices;
        return new Workspace(
            context.Request.RouteValues.ContainsKey("environment") && id is not null ? services.GetRequiredService<EnvironmentCatalog>().Get(id) : null,
            address,
            context.User.Identity?.Name ?? address,
            context.User,
            services.GetRequiredService<Members>().Of(address),
            HttpMethods.IsHead(context.Request.Method) ? "" : services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken ?? "")
        {
            PathBase = context.Request.PathBase.Value ?? "",
        };
    }

    /// <summary>Returns a page, or 304 if the browser has the same one.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="state">A text that is equal when the page is; null for a page that is never cached.</param>
    /// <param name="parameters">The parameters of the component besides the workspace.</param>
    public static IResult Page<TPage>(HttpContext context, string? state, params (string Name, object? Value)[] parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        if (state is not null)
        {
            var said = Encoding.UTF8.GetBytes($"{context.User.FindFirstValue(Claims.Role)}\n{Languages.Current} {RequestLanguage.OfPage}\n{context.Request.QueryString}\n{state}");
            if (WeakTag.IsKnown(context, said))
            {
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        return Show<TPage>(context, StatusCodes.Status200OK, parameters);
    }

    public static RazorComponentResult Show<TPage>(HttpContext context, int status, params (string Name, object? Value)[] parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var values = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        values["Workspace"] = Of(context);
        context.Response.Headers.ContentLanguage = RequestLanguage.OfPage;
        return new RazorComponentResult(typeof(TPage), values) { StatusCode = status };
    }

    /// <summary>Returns a page with a single message, in the reader's own language.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">The name of the heading's text.</param>
    /// <param name="text">The name of the text below it.</param>
    public static RazorComponentResult Say(HttpContext context, int status, string title, string text)
    {
        RequestLanguage.ShowInLanguageOfReader(context);
        var refusal = new PageRefusal(status, StudioTexts.Get(title), [PageRefusal.Plain(StudioTexts.Get(text))], [WayOut.Of(context)]);
        return Show<ErrorPage>(context, status, (nameof(ErrorPage.Refusal), refusal));
    }

    public static RazorComponentResult NotFound(HttpContext context) =>
        Say(context, StatusCodes.Status404NotFound, "NotFound", "NotFoundText");

    public static string? Text(StringValues values) => values is [{ Length: > 0 } text] ? text : null;
}
