namespace HumanTasks.Web.Settings;

/// <summary>
/// The proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted. Without any, only loopback is
/// trusted; the headers of other senders are ignored, with a warning that names them.
/// </summary>
public sealed class ProxyOptions
{
    /// <summary>The addresses of proxies.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The networks of proxies, such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> KnownNetworks { get; } = [];

    public bool AreNamed => KnownProxies.Count > 0 || KnownNetworks.Count > 0;
}
