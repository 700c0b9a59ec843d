using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Security;

/// <summary>
/// The HTTP client of <c>http</c> actions and webhooks. It checks addresses after name resolution and connects to
/// exactly the address it checked, so that a name cannot change to a private address in between.
/// </summary>
public static class OutgoingCalls
{
    public static HttpMessageInvoker NewInvoker(bool allowPrivateAddresses)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = allowPrivateAddresses,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(), // the effect sets its own
        };
        if (!allowPrivateAddresses)
        {
            handler.ConnectCallback = ConnectAsync;
        }

        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(PublicAddresses.Contain))
        {
            throw new EffectFailedException(
                "Private addresses are blocked. Set HumanTasks:AllowPrivateAddresses to allow them.")
            { MayPass = false };
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
