using System.Security.Claims;
using System.Text.Json;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HumanTasks.Web.Security;

/// <summary>
/// Sign-in with OpenID Connect (Core 1.0, code flow with PKCE). A verified email address of a member at the provider
/// gets the same session as a code.
/// </summary>
public static class OpenIdConnectSignIn
{
    public const string SchemeName = "OpenIdConnect";

    private static readonly object Verified = new();

    /// <summary>The path that the provider redirects to. It must be registered with the provider.</summary>
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
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnRedirectToIdentityProvider = context =>
            {
                // built from the public address, never from the request's own Host
                var own = context.HttpContext.RequestServices.GetRequiredService<PublicBaseAddress>().Get();
                context.ProtocolMessage.RedirectUri = own.ToString().TrimEnd('/') + CallbackPath;
                return Task.CompletedTask;
            };
            options.Events.OnTokenValidated = context =>
            {
                var claims = context.Principal;
                Note(context.HttpContext, claims?.FindFirstValue("email"), claims?.FindFirstValue("email_verified"));
                return Task.CompletedTask;
            };
            options.Events.OnUserInformationReceived = context =>
            {
                var answer = context.User.RootElement;
                Note(context.HttpContext, Text(answer, "email"), Text(answer, "email_verified"));
                return Task.CompletedTask;
            };
            options.Events.OnTicketReceived = BeginSessionAsync;
            options.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect($"{context.Request.PathBase}{SessionAuthentication.SignInPath}?problem=provider");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    private static async Task BeginSessionAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var address = context.HttpContext.Items[Verified] as string;
        if (address is not null && services.GetRequiredService<Members>().Of(address).Count > 0)
        {
            await services.GetRequiredService<StudioSessions>().BeginAsync(context.HttpContext, address, "openIdConnect");
            context.Response.Redirect(ReturnAddress.Safe(context.Request, context.ReturnUri));
        }
        else
        {
            context.Response.Redirect($"{context.Request.PathBase}{SessionAuthentication.SignInPath}?problem=stranger");
        }

        context.HandleResponse();
    }

    /// <summary>
    /// Notes an address that the same document calls verified. The ID token and the user info endpoint are separate
    /// documents: one's <c>email_verified</c> does not apply to the other's address.
    /// </summary>
    private static void Note(HttpContext context, string? address, string? isVerified)
    {
        if (address is { Length: > 0 } && string.Equals(isVerified, "true", StringComparison.OrdinalIgnoreCase))
        {
            context.Items.TryAdd(Verified, address);
        }
    }

    private static string? Text(JsonElement answer, string member) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.True
            ? value.ToString()
            : null;
}
