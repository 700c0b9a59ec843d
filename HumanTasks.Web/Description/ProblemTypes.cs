using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Description;

/// <summary>Every slug of a problem with its status and title, and which of them an operation may answer.</summary>
internal static class ProblemTypes
{
    /// <summary>Problems that are no refusal of a human task or at a link, or that have a more general title.</summary>
    private static readonly (string Slug, int Status, string Title)[] Others =
    [
        ("malformed-request", 400, "The request is malformed"),
        ("invalid-query", 400, "Invalid query"),
        ("antiforgery-token-missing", 400, "The antiforgery token is missing or invalid"),
        ("unauthorized", 401, "An API key is required"),
        ("verification-required", 401, "Verification required"),
        ("forbidden", 403, "Insufficient scope"),
        ("human-tasks-disabled", 403, "Human tasks are not enabled"),
        ("run-is-over", 409, "The run has ended"),
        ("run-is-not-failed", 409, "The run has not failed"),
        ("delivery-is-busy", 409, "The delivery is busy"),
        ("conflict", 409, "Branding changed at the same time"),
        ("code-expired", 410, "The code has expired"),
        ("invalid-request", 422, "Invalid request"),
        ("wrong-code", 422, "The code is wrong"),
        ("too-many-requests", 429, "Too many requests"),
        ("too-many-tries", 429, "Too many attempts"),
        ("run-allowance-exhausted", 429, "The monthly run allowance is used up"),
        ("internal-error", 500, "Internal error"),
        ("storage-unavailable", 503, "Storage unavailable"),
    ];

    private static readonly LinkRefusal[] AtLinks =
    [
        LinkRefusal.NotFound, LinkRefusal.Expired, LinkRefusal.UsedUp, LinkRefusal.NotReady,
        LinkRefusal.CrossSite, LinkRefusal.UnknownMedia, LinkRefusal.TooLarge,
    ];

    public static IReadOnlyDictionary<string, (int Status, string Title)> All { get; } = Others
        .Concat(TaskRefusals.ForPrograms.Select(refusal => (refusal.Slug, refusal.Status, refusal.Title)))
        .Concat(AtLinks.Select(refusal => (refusal.Slug, refusal.Status, refusal.Title)))
        .DistinctBy(problem => problem.Slug)
        .ToDictionary(problem => problem.Slug, problem => (problem.Status, problem.Title), StringComparer.Ordinal);

    /// <summary>All that an operation may answer: its own, and those that follow from what it is.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="method">One of its methods.</param>
    /// <param name="hasQuery">Whether it has query parameters.</param>
    public static IReadOnlyList<string> Of(Endpoint endpoint, string method, bool hasQuery)
    {
        var metadata = endpoint.Metadata;
        var isReading = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var surface = Surfaces.Of(endpoint);
        List<string> slugs = [.. metadata.GetOrderedMetadata<Refuses>().SelectMany(refuses => refuses.Slugs)];
        if (metadata.GetMetadata<TakenBody>() is not null)
        {
            slugs.AddRange(["malformed-request", "payload-too-large", "unsupported-media-type", "invalid-request"]);
        }

        if (hasQuery)
        {
            slugs.Add("malformed-request");
        }

        if (metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            slugs.AddRange(["unauthorized", "forbidden", "not-found", "too-many-requests"]);
        }

        if (surface == Surface.Api && !isReading)
        {
            slugs.Add("antiforgery-token-missing");
        }

        if (surface == Surface.Api && HttpMethods.IsPost(method))
        {
            slugs.AddRange(["malformed-request", "idempotency-key-reused", "payload-too-large"]);
        }

        if (surface is Surface.Review or Surface.SecureLink)
        {
            slugs.AddRange(["link-not-found", "link-expired", "link-used-up", "link-not-ready", "too-many-requests"]);
            slugs.AddRange(isReading ? [] : ["malformed-request", "cross-site-request", "payload-too-large", "unsupported-media-type"]);
        }

        if (surface == Surface.SecureLink)
        {
            slugs.AddRange(isReading ? ["verification-required"] : ["verification-required", "antiforgery-token-missing"]);
        }

        // whatever is asked, the request itself may be malformed
        return [.. slugs.Append("malformed-request").Append("internal-error").Append("storage-unavailable").Distinct(StringComparer.Ordinal)];
    }
}
