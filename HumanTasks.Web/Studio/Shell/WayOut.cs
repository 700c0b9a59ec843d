using System.Security.Claims;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>A link that leads on from a refusal.</summary>
/// <param name="Label">What the link says.</param>
/// <param name="Address">Where it leads.</param>
public sealed record WayOut(string Label, string Address)
{
    /// <summary>Returns the Studio for a member, and the sign-in page for everyone else.</summary>
    public static WayOut Of(HttpContext context) => context.User.IsMember()
        ? new(StudioTexts.Get("BackToStudio"), context.Request.PathBase + "/studio" + InEnvironment(context))
        : new(StudioTexts.Get("SignIn"), context.Request.PathBase + SessionAuthentication.SignInPath);

    private static string InEnvironment(HttpContext context) =>
        context.Request.RouteValues.ContainsKey("environment") && context.User.FindFirstValue(Claims.Environment) is { } environment
            ? $"/{environment}"
            : "";

    /// <summary>Returns what leads on after a status. A reviewer with a link has no place in the Studio.</summary>
    public static IReadOnlyList<WayOut> After(HttpContext context, int status)
    {
        var request = context.Request;
        var passes = status is StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError;
        WayOut[] again = passes && PageRefusal.IsReading(context)
            ? [new(StudioTexts.Get("TryAgain"), request.PathBase + request.Path + request.QueryString)]
            : [];
        return context.Surface() is Surface.Review or Surface.SecureLink ? again : [.. again, Of(context)];
    }
}
