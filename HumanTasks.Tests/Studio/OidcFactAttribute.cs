namespace HumanTasks.Tests.Studio;

/// <summary>A test that needs a provider of OpenID Connect and a host of its own.</summary>
public sealed class OidcFactAttribute : FactAttribute
{
    public OidcFactAttribute() => Skip = OidcProvider.Missing ?? Hosting.OwnHost.SkipReason;
}
