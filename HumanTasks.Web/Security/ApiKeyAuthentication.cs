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
