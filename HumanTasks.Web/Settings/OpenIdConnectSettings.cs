namespace HumanTasks.Web.Settings;

/// <summary>An OpenID Connect provider; disabled without an authority.</summary>
public sealed class OpenIdConnectSettings
{
    /// <summary>The address of the issuer.</summary>
    public Uri? Authority { get; set; }

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>The text of the button after "Sign in with". Default the authority's host.</summary>
    public string? DisplayName { get; set; }
}
