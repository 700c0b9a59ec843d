using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>How often one caller, one link and one address may ask.</summary>
public sealed class RequestLimits(LimitOptions options, TimeProvider time)
{
    private readonly CountingWindow api = new(TimeSpan.FromSeconds(1), time);
    private readonly CountingWindow review = new(TimeSpan.FromMinutes(1), time);
    private readonly CountingWindow refusals = new(TimeSpan.FromMinutes(1), time);

    /// <summary>Counts a request of an API key; false when there were too many.</summary>
    public bool AllowApi(ClaimsPrincipal caller) =>
        options.ApiRequestsPerSecond == 0
        || api.Count(caller.FindFirstValue(Claims.Environment) ?? "") <= options.ApiRequestsPerSecond;

    /// <summary>Counts a request to a review link; false when there were too many.</summary>
    public bool AllowReview(string token) =>
        options.ReviewRequestsPerMinute == 0 || review.Count(token) <= options.ReviewRequestsPerMinute;

    /// <summary>Counts a wrong key or an unknown link; true when the address must wait.</summary>
    public bool Refuse(HttpContext context) =>
        options.RefusalsPerMinute > 0
        && refusals.Count(NetworkOf(context.Connection.RemoteIpAddress)) > options.RefusalsPerMinute;

    /// <summary>Who has one address of IPv6 has the whole /64 around it (RFC 6177), so that is what counts.</summary>
    internal static string NetworkOf(IPAddress? address)
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
