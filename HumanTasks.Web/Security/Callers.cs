using System.Security.Claims;
using HumanTasks.Core.Tasks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Security;

/// <summary>Who calls: an API key or a member's session, and what each may do.</summary>
public static class Callers
{
    /// <summary>The policy of the Studio's pages: a member of the environment that the path names.</summary>
    public const string StudioPolicy = "studio";

    /// <summary>The policy of what belongs to a member and to no environment.</summary>
    public const string MemberPolicy = "member";

    /// <summary>The policy of what is for programs only: an API key, no member's cookie.</summary>
    public const string KeyPolicy = "key";

    private static readonly string[] Policies = [Scopes.Runs, Scopes.Tasks, Scopes.RuleSets, Scopes.Respond];

    public static AuthenticationBuilder AddCallers(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Policies)
        {
            authorization.AddPolicy(scope, policy => policy
                .RequireAuthenticatedUser()
                .RequireClaim(Claims.Environment)
                .RequireAssertion(context => May(context, scope)));
        }

        authorization.AddPolicy(Scopes.Admin, policy => policy
            .RequireAuthenticatedUser()
            .RequireClaim(Claims.Environment)
            .RequireClaim(Claims.Scope, Scopes.Admin));
        authorization.AddPolicy(StudioPolicy, policy => policy
            .AddAuthenticationSchemes(SessionAuthentication.SchemeName)
            .RequireAuthenticatedUser());
        authorization.AddPolicy(MemberPolicy, policy => policy.RequireAuthenticatedUser().RequireClaim(Claims.Session));
        authorization.AddPolicy(KeyPolicy, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => !context.User.IsMember()));
        return services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(
                ApiKeyAuthentication.SchemeName, options => options.ForwardDefaultSelector = SessionOf)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null);
    }

    /// <summary>Whether somebody has a scope, or may at least do what the request does.</summary>
    public static bool May(this ClaimsPrincipal caller, string scope, bool reading = false) =>
        caller.HasClaim(Claims.Scope, scope)
        || caller.HasClaim(Claims.Scope, Scopes.Admin)
        || (scope == Scopes.Respond && caller.HasClaim(Claims.Scope, Scopes.Tasks))
        || (reading && caller.HasClaim(Claims.Reads, scope));

    public static bool IsMember(this ClaimsPrincipal caller) => caller.HasClaim(claim => claim.Type == Claims.Session);

    /// <summary>The address of a signed-in member; null for an API key and for nobody.</summary>
    public static string? MemberAddress(this ClaimsPrincipal caller) =>
        caller.IsMember() ? caller.FindFirstValue(ClaimTypes.NameIdentifier) : null;

    public static string? VisibleTo(this ClaimsPrincipal caller) => caller.FindFirstValue(Claims.VisibleTo);

    /// <summary>A responder sees tasks that are assigned to them or to nobody; others see those of their environment.</summary>
    public static bool MaySee(this ClaimsPrincipal caller, HumanTask task) =>
        caller.VisibleTo() is not { } address || task.Assignee is null || task.IsAssignedTo(address);

    /// <summary>
    /// Whether a request that a member's cookie authenticates and that changes something carries the antiforgery token, which
    /// no page of another site can know. Requests with a key are always theirs.
    /// </summary>
    public static async Task<bool> IsMeantAsync(HttpContext context, IAntiforgery antiforgery) =>
        IsReading(context) || !context.User.IsMember()
        || (!BrowserSecurity.IsFromAnotherSite(context) && await antiforgery.IsOursAsync(context));

    private static bool May(AuthorizationHandlerContext context, string scope) =>
        context.User.May(scope, context.Resource is HttpContext http && IsReading(http));

    private static bool IsReading(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    /// <summary>A key goes before a cookie; null where the key's own scheme looks.</summary>
    private static string? SessionOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && context.Request.Cookies.ContainsKey(StudioSessions.CookieName)
            ? SessionAuthentication.SchemeName
            : null;
}
