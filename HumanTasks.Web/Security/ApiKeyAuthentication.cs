using System.Security.Claims;
using System.Text.Encodings.Web;
using HumanTasks.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanTasks.Web.Security;

/// <summary>
/// The authentication scheme <c>Authorization: Bearer ht_…</c> (RFC 6750). A key belongs to one environment and has
/// scopes.
/// </summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeys keys,
    RequestLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Look());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var problem = limits.Refuse(Context)
            ? ApiProblem.TooManyRequests()
            : ApiProblem.Of(
                StatusCodes.Status401Unauthorized,
                "unauthorized",
                "An API key is required",
                "Send 'Authorization: Bearer <API key>' with a valid key.");
        await problem.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Of(
        StatusCodes.Status403Forbidden,
        "forbidden",
        "Insufficient scope",
        "Use an API key with the scope that this resource requires.").ExecuteAsync(Context);

    private AuthenticateResult Look()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return keys.Find(header.AsSpan(Bearer.Length).Trim()) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName))
            : AuthenticateResult.Fail("Unknown API key.");
    }
}

/// <summary>The claims of an authenticated caller.</summary>
public static class Claims
{
    public const string Environment = "environment";

    public const string Scope = "scope";

    public const string Actor = "actor";

    /// <summary>The claim for a scope that the caller may read but not change.</summary>
    public const string Reads = "reads";

    /// <summary>The ID of a member's session.</summary>
    public const string Session = "session";

    public const string MemberName = "member";

    public const string Role = "role";

    /// <summary>The address of a caller who sees only tasks assigned to them or to nobody.</summary>
    public const string VisibleTo = "visible-to";

    /// <summary>Returns the caller's name for timelines.</summary>
    public static string ActorName(this ClaimsPrincipal caller) => caller.FindFirstValue(Actor) ?? "API";

    /// <summary>Returns the environment of the caller's key; every query is limited to it.</summary>
    public static string EnvironmentId(this ClaimsPrincipal caller) => caller.FindFirstValue(Environment)
        ?? throw new InvalidOperationException("The caller has no environment.");
}

/// <summary>The scopes of API keys, each also the name of its policy. <c>admin</c> includes the others.</summary>
public static class Scopes
{
    public const string Runs = "runs";

    public const string Tasks = "tasks";

    public const string RuleSets = "rule-sets";

    public const string Admin = "admin";

    /// <summary>Allows responses and comments; a part of <see cref="Tasks"/>, and not a scope of a key.</summary>
    public const string Respond = "respond";

    public static IReadOnlyList<string> All { get; } = [Runs, Tasks, RuleSets, Admin];
}
