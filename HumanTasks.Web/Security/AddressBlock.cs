using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The addresses that count as one caller: one address of IPv4, and of IPv6 the /64 around it, because who has one address of
/// it has all of them (RFC 6177). What comes through a known proxy counts by the address that the proxy names.
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
