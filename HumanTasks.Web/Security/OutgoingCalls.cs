using System.Net;
using System.Net.Sockets;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Security;

/// <summary>
/// The client behind <c>http</c> actions and webhooks. Addresses are checked after the name was resolved and the very
/// address that was checked is connected to, so that a name cannot turn to a private address in between.
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
        };
        if (!allowPrivateAddresses)
        {
            handler.ConnectCallback = ConnectAsync;
        }

        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Whether an address is one of the public internet (IANA special-purpose registries, RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            var bytes = address.GetAddressBytes();
            return !(bytes[0] is 0 or 10 or 127 or >= 224
                || (bytes[0] == 100 && bytes[1] is >= 64 and <= 127)
                || (bytes[0] == 169 && bytes[1] == 254)
                || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
                || (bytes[0] == 192 && bytes[1] == 168)
                || (bytes[0] == 192 && bytes[1] == 0 && bytes[2] is 0 or 2)
                || (bytes[0] == 192 && bytes[1] == 88 && bytes[2] == 99)
                || (bytes[0] == 198 && bytes[1] is 18 or 19)
                || (bytes[0] == 198 && bytes[1] == 51 && bytes[2] == 100)
                || (bytes[0] == 203 && bytes[1] == 0 && bytes[2] == 113));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // only global unicast (2000::/3), without documentation, benchmarking, 6to4 and Teredo, which embed IPv4
        var six = address.GetAddressBytes();
        return (six[0] & 0xE0) == 0x20
            && !(six[0] == 0x20 && six[1] == 0x01 && six[2] is 0x00 or 0x0D && six[3] is 0x00 or 0x02 or 0xB8)
            && !(six[0] == 0x20 && six[1] == 0x02);
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(IsPublic))
        {
            throw new EffectFailedException(
                "The address is private; HumanTasks:AllowPrivateAddresses would permit it.")
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
