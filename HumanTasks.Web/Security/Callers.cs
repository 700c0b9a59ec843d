using System.Security.Claims;
using HumanTasks.Core.Tasks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Security;

/// <summary>The callers, an API key or a member's session, and what each may do.</summary>
public static class Callers
{
    /// <summary>The policy of the Studio's pages: a member of the environment in the path.</summary>
    public const string StudioPolicy = "studio";

    /// <summary>The policy of what belongs to a member but to no environment.</summary>
    public const string MemberPolicy = "member";

    /// <summary>The policy of what is for programs only: requires an API key, not a member's cookie.</summary>
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

    /// <summary>Returns whether the caller has a scope, or may read in it if the request only reads.</summary>
    public static bool May(this ClaimsPrincipal caller, string scope, bool reading = false) =>
        caller.HasClaim(Claims.Scope, scope)
        || caller.HasClaim(Claims.Scope, Scopes.Admin)
        || (scope == Scopes.Respond && caller.HasClaim(Claims.Scope, Scopes.Tasks))
        || (reading && caller.HasClaim(Claims.Reads, scope));

    public static bool IsMember(this ClaimsPrincipal caller) => caller.HasClaim(claim => claim.Type == Claims.Session);

    /// <summary>Returns the address of a signed-in member; null for an API key or an anonymous caller.</summary>
    public static string? MemberAddress(this ClaimsPrincipal caller) =>
        caller.IsMember() ? caller.FindFirstValue(ClaimTypes.NameIdentifier) : null;

    public static string? VisibleTo(this ClaimsPrincipal caller) => caller.FindFirstValue(Claims.VisibleTo);

    /// <summary>
    /// Returns whether the caller may see a task: responders see tasks assigned to them or to nobody, others all tasks
    /// of their environment.
    /// </summary>
    public static bool MaySee(this ClaimsPrincipal caller, HumanTask task) =>
        caller.VisibleTo() is not { } address || task.Asked is Asked.Anyone || task.IsAssignedTo(address);

    /// <summary>
    /// Returns whether a request that is authenticated by a member's cookie and changes something carries the
    /// antiforgery token, which other sites cannot know. Requests with an API key need none.
    /// </summary>
    public static async Task<bool> IsMeantAsync(HttpContext context, IAntiforgery antiforgery) =>
        IsReading(context) || !context.User.IsMember()
        || (!BrowserSecurity.IsFromAnotherSite(context) && await antiforgery.IsOursAsync(context));

    private static bool May(AuthorizationHandlerContext context, string scope) =>
        context.User.May(scope, context.Resource is HttpContext http && IsReading(http));

    private static bool IsReading(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    /// <summary>
    /// Returns the session scheme, or null where the API key's scheme applies: a key takes precedence over a cookie.
    /// </summary>
    private static string? SessionOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0 && context.Request.Cookies.ContainsKey(StudioSessions.CookieName)
            ? SessionAuthentication.SchemeName
            : null;
}
