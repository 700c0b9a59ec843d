using System.Security.Claims;
using HumanTasks.Core.Environments;

namespace HumanTasks.Web.Security;

/// <summary>What each role may do.</summary>
internal static class RoleClaims
{
    /// <summary>Returns the claims of a member's role.</summary>
    public static IEnumerable<Claim> Of(Role role, string address) => role switch
    {
        Role.Viewer => [new(Claims.Reads, Scopes.Tasks), new(Claims.Reads, Scopes.Runs), new(Claims.Reads, Scopes.RuleSets)],
        Role.Responder => [new(Claims.Reads, Scopes.Tasks), new(Claims.Scope, Scopes.Respond), new(Claims.VisibleTo, address)],
        Role.Editor => [new(Claims.Scope, Scopes.Tasks), new(Claims.Scope, Scopes.Runs), new(Claims.Scope, Scopes.RuleSets)],
        Role.Owner => [new(Claims.Scope, Scopes.Admin)],
        _ => [],
    };

    /// <summary>Returns the roles that have every one of some scopes.</summary>
    public static IReadOnlyList<Role> RolesWith(IReadOnlyList<string> scopes, bool reading) =>
    [
        .. Enum.GetValues<Role>().Where(role =>
        {
            var caller = new ClaimsPrincipal(new ClaimsIdentity(Of(role, "")));
            return scopes.All(scope => caller.May(scope, reading));
        }),
    ];
}
