using System.Net;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Security;

/// <summary>
/// Takes a caller's address, and whether they used TLS, from known proxies. The list in <c>X-Forwarded-For</c> is read
/// from its end, where the nearest proxy wrote, and only as far as known proxies wrote it: the first other address is
/// the caller's. Entries that callers forged come before it and are not read.
/// </summary>
internal sealed partial class TrustedProxies
{
    private const int MostWarnings = 100;

    private readonly ForwardedHeadersOptions options;
    private readonly ILogger<TrustedProxies> logger;
    private readonly HashSet<IPAddress> warned = [];
    private readonly Lock gate = new();

    private TrustedProxies(ForwardedHeadersOptions options, ILogger<TrustedProxies> logger)
    {
        this.options = options;
        this.logger = logger;
    }

    /// <summary>Adds the middleware.</summary>
    /// <param name="app">The pipeline. This must be its first part.</param>
    /// <param name="isBehindOwnHost">
    /// Whether another process on the same machine forwards every request, as the Functions host does. Loopback is then
    /// always a known proxy, and the scheme comes from elsewhere.
    /// </param>
    public static void Use(IApplicationBuilder app, bool isBehindOwnHost)
    {
        var options = Of(app.ApplicationServices.GetRequiredService<HumanTasksOptions>().Proxies, isBehindOwnHost);
        var proxies = new TrustedProxies(options, app.ApplicationServices.GetRequiredService<ILogger<TrustedProxies>>());
        app.Use(proxies.WarnAsync);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Returns the problems of the settings.</summary>
    public static IEnumerable<string> Problems(ProxyOptions proxies) =>
    [
        .. proxies.KnownProxies.Where(address => !IPAddress.TryParse(address, out _))
            .Select(address => $"HumanTasks:Proxies:KnownProxies: '{address}' is not an IP address."),
        .. proxies.KnownNetworks.Where(network => !System.Net.IPNetwork.TryParse(network, out _))
            .Select(network => $"HumanTasks:Proxies:KnownNetworks: '{network}' is not a network such as 10.0.0.0/8."),
    ];

    private static ForwardedHeadersOptions Of(ProxyOptions proxies, bool isBehindOwnHost)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = isBehindOwnHost
                ? ForwardedHeaders.XForwardedFor
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // known proxies are the only limit
        };
        if (!proxies.AreNamed)
        {
            return options; // loopback only
        }

        if (!isBehindOwnHost)
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        }

        foreach (var address in proxies.KnownProxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(address));
        }

        foreach (var network in proxies.KnownNetworks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        return options;
    }

    private Task WarnAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        if ((headers.ContainsKey(options.ForwardedForHeaderName) || headers.ContainsKey(options.ForwardedProtoHeaderName))
            && context.Connection.RemoteIpAddress is { } sender && !IsKnown(sender) && IsFirst(sender))
        {
            LogUnknown(sender);
        }

        return next(context);
    }

    private bool IsKnown(IPAddress address)
    {
        var mapped = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.KnownProxies.Contains(mapped) || options.KnownProxies.Contains(address)
            || options.KnownIPNetworks.Any(network => network.Contains(mapped));
    }

    /// <summary>
    /// Returns true once for each sender, and only for a limited number of senders, so that the log stays readable.
    /// </summary>
    private bool IsFirst(IPAddress sender)
    {
        lock (gate)
        {
            return warned.Count < MostWarnings && warned.Add(sender);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ignored X-Forwarded-For or X-Forwarded-Proto from {Sender}, which is not a known proxy. If it is your proxy, add it to HumanTasks:Proxies:KnownProxies or KnownNetworks. Until then, everyone behind it counts as one caller.")]
    private partial void LogUnknown(IPAddress sender);
}
