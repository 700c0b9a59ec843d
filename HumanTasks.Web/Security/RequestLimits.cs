using System.Security.Claims;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>How often one caller, one link and one <see cref="AddressBlock"/> may ask.</summary>
public sealed class RequestLimits(LimitOptions options, TimeProvider time)
{
    private readonly CountingWindow api = new(TimeSpan.FromSeconds(1), time);
    private readonly CountingWindow review = new(TimeSpan.FromMinutes(1), time);
    private readonly CountingWindow refusals = new(TimeSpan.FromMinutes(1), time);

    /// <summary>Counts a request of an API key; false when there were too many.</summary>
    public bool AllowApi(ClaimsPrincipal caller) =>
        options.ApiRequestsPerSecond == 0
        || api.Count(caller.FindFirstValue(Claims.Environment) ?? "") <= options.ApiRequestsPerSecond;

    /// <summary>
    /// Counts a request to a link from an address block; false when there were too many. Whoever else has the link keeps
    /// nobody from it.
    /// </summary>
    public bool AllowReview(HttpContext context, string token) =>
        options.ReviewRequestsPerMinute == 0
        || review.Count($"{token} {AddressBlock.Of(context)}") <= options.ReviewRequestsPerMinute;

    /// <summary>Counts a wrong key or an unknown link; true when the address must wait.</summary>
    public bool Refuse(HttpContext context) =>
        options.RefusalsPerMinute > 0
        && refusals.Count(AddressBlock.Of(context)) > options.RefusalsPerMinute;
}
