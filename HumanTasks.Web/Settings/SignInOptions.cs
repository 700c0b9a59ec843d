namespace HumanTasks.Web.Settings;

/// <summary>How members can sign in besides a code by email.</summary>
public sealed class SignInOptions
{
    public OpenIdConnectSettings OpenIdConnect { get; } = new();

    /// <summary>
    /// Whether to trust the header in which App Service Authentication names the user. Enable it only where that
    /// service is in front of every request: elsewhere anybody can send the header. Default false.
    /// </summary>
    public bool AppService { get; set; }
}
