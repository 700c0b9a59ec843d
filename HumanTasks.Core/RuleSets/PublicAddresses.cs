using System.Net;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// The addresses of the public internet: all except those in the IANA IPv4 and IPv6 Special-Purpose Address Registries
/// (RFC 6890 and its updates), and Azure's platform address, which responds from inside every network there.
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure: DNS, health probes and virtual machine agents
            "2001::/23", // protocol assignments, including Teredo, benchmarking, ORCHID and ORCHIDv2 (2001:20::/28)
            "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
            && !Array.Exists(Special, network => network.Contains(address));
    }

    /// <summary>Returns whether an address is private by its text alone, without resolving its name.</summary>
    public static bool IsPrivateLiteral(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal)
            ? !Contain(literal)
            : address.IsLoopback || address.IdnHost.TrimEnd('.').EndsWith("localhost", StringComparison.OrdinalIgnoreCase);
}
