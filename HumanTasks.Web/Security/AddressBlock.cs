using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The addresses that count as one caller: a single IPv4 address, or an IPv6 /64, because one subscriber controls all
/// of it (RFC 6177). A request through a known proxy counts by the address that the proxy names.
/// </summary>
internal static class AddressBlock
{
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
