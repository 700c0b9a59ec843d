using System.Security.Claims;
using HumanTasks.Core.Environments;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>The refusal of a role: which one the member has, which ones are allowed, and whom to ask.</summary>
internal static class RoleRefusal
{
    public static PageRefusal Of(HttpContext context)
    {
        var reads = PageRefusal.IsReading(context);
        List<MarkupString> reasons = [];
        if (context.User.FindFirstValue(Claims.Environment) is { } environment
            && Enum.TryParse<Role>(context.User.FindFirstValue(Claims.Role), out var role))
        {
            var name = context.RequestServices.GetRequiredService<EnvironmentCatalog>().Get(environment).DisplayName;
            reasons.Add(StudioTexts.Around("RoleHere", name, NameOf(role)));
        }

        if (Allowed(context, reads) is { Count: > 0 } allowed)
        {
            reasons.Add(PageRefusal.Plain(StudioTexts.Get("RoleNeeded", string.Join(", ", allowed.Select(NameOf)))));
        }

        reasons.Add(PageRefusal.Plain(StudioTexts.Get("ForbiddenText")));
        return new PageRefusal(
            StatusCodes.Status403Forbidden, StudioTexts.Get(reads ? "Forbidden" : "ForbiddenChange"), reasons, [WayOut.Of(context)]);
    }

    private static IReadOnlyList<Role> Allowed(HttpContext context, bool reads)
    {
        string[] scopes =
        [
            .. (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [])
                .Select(data => data.Policy)
                .OfType<string>()
                .Where(policy => policy == Scopes.Respond || Scopes.All.Contains(policy)),
        ];
        return scopes is [] ? [] : RoleClaims.RolesWith(scopes, reads);
    }

    private static string NameOf(Role role) => StudioTexts.Get(role switch
    {
        Role.Viewer => "RoleViewer",
        Role.Responder => "RoleResponder",
        Role.Editor => "RoleEditor",
        _ => "RoleOwner",
    });
}
