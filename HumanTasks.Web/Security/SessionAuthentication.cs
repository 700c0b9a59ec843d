using System.Security.Claims;
using System.Text.Encodings.Web;
using HumanTasks.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanTasks.Web.Security;

/// <summary>
/// The authentication scheme of a member's session cookie. The environment is the one in the path, else in the header
/// <see cref="EnvironmentHeader"/> or the query, else the member's first. The member's role there decides what they may
/// do.
/// </summary>
public sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    StudioSessions sessions,
    Members members)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Studio";

    public const string EnvironmentHeader = "HumanTasks-Environment";

    public const string SignInPath = "/studio/sign-in";

    /// <summary>The query parameter that tells the sign-in page why it is shown.</summary>
    public const string ProblemName = "problem";

    /// <summary>The problem of a session that ended, or of a change without one.</summary>
    public const string Ended = "ended";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (await sessions.FindAsync(Request) is not { } session || members.Of(session.Address) is not { Count: > 0 } memberships)
        {
            return AuthenticateResult.NoResult();
        }

        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(session, memberships), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Surface() is not Surface.Studio)
        {
            return ApiProblem.Of(
                StatusCodes.Status401Unauthorized,
                "unauthorized",
                "Not signed in",
                "Your session has expired. Sign in again or send an API key.").ExecuteAsync(Context);
        }

        var isPage = HttpMethods.IsGet(Request.Method);
        var query = isPage
            ? QueryString.Create("return", Request.PathBase + Request.Path + Request.QueryString)
            : QueryString.Empty;
        if (!isPage || Request.Cookies.ContainsKey(StudioSessions.CookieName))
        {
            query = query.Add(ProblemName, Ended);
        }

        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = Request.PathBase + SignInPath + query;
        return Task.CompletedTask;
    }

    /// <summary>Returns problem details. Pages of the Studio show their own for browsers.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.Surface() is not Surface.Studio)
        {
            return Forbidden().ExecuteAsync(Context);
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Returns 403: another role is needed.</summary>
    public static ProblemHttpResult Forbidden() => ApiProblem.Of(
        StatusCodes.Status403Forbidden,
        "forbidden",
        "Your role doesn't allow this",
        "Ask a member with another role in this environment.");

    /// <summary>Returns the environment that a call names outside its path; null when it names none.</summary>
    public static string? NamedIn(HttpRequest request) =>
        request.Headers[EnvironmentHeader].FirstOrDefault() ?? request.Query["environment"].FirstOrDefault();

    private ClaimsPrincipal PrincipalOf(StudioSession session, IReadOnlyList<Membership> memberships)
    {
        List<Claim> claims =
        [
            new Claim(ClaimTypes.NameIdentifier, session.Address),
            new Claim(Claims.Actor, session.Address),
            new Claim(Claims.Session, session.Id),
        ];
        var wanted = Request.RouteValues["environment"] as string ?? NamedIn(Request);
        var membership = wanted is null
            ? memberships[0]
            : memberships.FirstOrDefault(membership => membership.Environment.Id == wanted);
        if (membership is not null)
        {
            claims.Add(new Claim(Claims.Environment, membership.Environment.Id));
            claims.Add(new Claim(Claims.MemberName, membership.Member.Name));
            claims.Add(new Claim(Claims.Role, membership.Member.Role.ToString()));
            claims.AddRange(RoleClaims.Of(membership.Member.Role, membership.Member.Address));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName, Claims.MemberName, Claims.Role));
    }
}
