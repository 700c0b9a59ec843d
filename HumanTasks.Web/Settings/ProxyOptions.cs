namespace HumanTasks.Web.Settings;

/// <summary>
/// Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count. Without any, those of a sender at loopback do; what others
/// send is ignored and named in a warning.
/// </summary>
public sealed class ProxyOptions
{
    /// <summary>Addresses of proxies.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Networks in which proxies are, such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> KnownNetworks { get; } = [];

    public bool AreNamed => KnownProxies.Count > 0 || KnownNetworks.Count > 0;
}
