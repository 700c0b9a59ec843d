using System.Security.Claims;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HumanTasks.Web.Security;

/// <summary>
/// Sign-in by a provider of OpenID Connect (Core 1.0, code flow with PKCE). Whoever has a verified e-mail address there that
/// is a member's gets the same session as by a code.
/// </summary>
public static class OpenIdConnectSignIn
{
    public const string SchemeName = "OpenIdConnect";

    /// <summary>Where the provider sends people back to; register it there.</summary>
    public const string CallbackPath = "/studio/sign-in/openid-connect/callback";

    internal static void AddOpenIdConnect(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var section = configuration.GetSection($"{HumanTasksOptions.Section}:{nameof(HumanTasksOptions.SignIn)}:{nameof(SignInOptions.OpenIdConnect)}");
        if (section.Get<OpenIdConnectSettings>() is not { Authority: { } authority } settings)
        {
            return;
        }

        authentication.AddOpenIdConnect(SchemeName, options =>
        {
            options.Authority = authority.ToString();
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ClientSecret;
            options.CallbackPath = CallbackPath;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.RequireHttpsMetadata = !authority.IsLoopback;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("email");
            options.ClaimActions.MapJsonKey("email", "email");
            options.ClaimActions.MapJsonKey("email_verified", "email_verified");
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnRedirectToIdentityProvider = context =>
            {
                // by the address at which people reach us, whatever the request says of itself
                var own = context.HttpContext.RequestServices.GetRequiredService<PublicBaseAddress>().Get();
                context.ProtocolMessage.RedirectUri = own.ToString().TrimEnd('/') + CallbackPath;
                return Task.CompletedTask;
            };
            options.Events.OnTicketReceived = BeginSessionAsync;
            options.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect($"{SessionAuthentication.SignInPath}?problem=provider");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    private static async Task BeginSessionAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var address = VerifiedAddress(context.Principal);
        if (address is not null && services.GetRequiredService<Members>().Of(address).Count > 0)
        {
            await services.GetRequiredService<StudioSessions>().BeginAsync(context.HttpContext, address, "openIdConnect");
            context.Response.Redirect(ReturnAddress.Safe(context.ReturnUri));
        }
        else
        {
            context.Response.Redirect($"{SessionAuthentication.SignInPath}?problem=stranger");
        }

        context.HandleResponse();
    }

    private static string? VerifiedAddress(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue("email") is { Length: > 0 } address
        && string.Equals(principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase)
            ? address
            : null;
}

/// <summary>Where somebody goes after signing in: a page of ours, whatever a request says.</summary>
public static class ReturnAddress
{
    public const string Home = "/studio";

    private const int MaxLength = 1000;

    public static string Safe(string? address) =>
        address is { Length: > 0 and <= MaxLength }
        && (address == Home || address.StartsWith("/studio/", StringComparison.Ordinal) || address.StartsWith("/task/", StringComparison.Ordinal))
        && !address.StartsWith(SessionAuthentication.SignInPath, StringComparison.Ordinal)
        && address.All(character => character is > ' ' and < '\u007f' and not '\\')
            ? address
            : Home;
}
