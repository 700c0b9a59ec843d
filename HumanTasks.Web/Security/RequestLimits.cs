using System.Security.Claims;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>The rate limits for a caller, a link and an <see cref="AddressBlock"/>.</summary>
public sealed class RequestLimits(LimitOptions options, TimeProvider time)
{
    private readonly CountingWindow api = new(TimeSpan.FromSeconds(1), time);
    private readonly CountingWindow review = new(TimeSpan.FromMinutes(1), time);
    private readonly CountingWindow refusals = new(TimeSpan.FromMinutes(1), time);

    /// <summary>Counts a request with an API key; returns false when there were too many.</summary>
    public bool AllowApi(ClaimsPrincipal caller) =>
        options.ApiRequestsPerSecond == 0
        || api.Count(caller.FindFirstValue(Claims.Environment) ?? "") <= options.ApiRequestsPerSecond;

    /// <summary>
    /// Counts a request to a link from an address block; returns false when there were too many. Others with the same
    /// link have their own count.
    /// </summary>
    public bool AllowReview(HttpContext context, string token) =>
        options.ReviewRequestsPerMinute == 0
        || review.Count($"{token} {AddressBlock.Of(context)}") <= options.ReviewRequestsPerMinute;

    /// <summary>Counts a wrong key or an unknown link; returns true when the address must wait.</summary>
    public bool Refuse(HttpContext context) =>
        options.RefusalsPerMinute > 0
        && refusals.Count(AddressBlock.Of(context)) > options.RefusalsPerMinute;
}
