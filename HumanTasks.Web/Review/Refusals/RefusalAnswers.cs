using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Review.Refusals;

/// <summary>The responses to requests for a link that is refused.</summary>
public static class RefusalAnswers
{
    /// <summary>Returns problem details for a program, or a page for a person.</summary>
    public static IResult Answer(
        this LinkRefusal refusal, HttpRequest request, string? detail = null, string? correlationId = null)
    {
        if (request.WantsJson())
        {
            return ApiProblem.Of(refusal.Status, refusal.Slug, refusal.Title, detail ?? $"{refusal.Why} {refusal.WhatToDo}", correlationId);
        }

        var freshLink = FreshLink(refusal, request);
        return new RazorComponentResult<RefusalPage>(new Dictionary<string, object?>
        {
            [nameof(RefusalPage.Refusal)] = refusal,
            [nameof(RefusalPage.Address)] = (request.PathBase + request.Path).ToString(),
            [nameof(RefusalPage.Receipt)] = refusal == LinkRefusal.UsedUp ? ReceiptCookie.AddressOf(request) : null,
            [nameof(RefusalPage.Unsent)] = Unsent.Of(request.HttpContext),
            [nameof(RefusalPage.FreshLink)] = freshLink,
            [nameof(RefusalPage.Token)] = !HttpMethods.IsHead(request.Method) && freshLink is not null
                ? request.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(request.HttpContext).RequestToken
                : null,
        })
        {
            StatusCode = refusal.Status,
        };
    }

    /// <summary>Returns where an assignee can request a new link; only assignees have a known address.</summary>
    private static string? FreshLink(LinkRefusal refusal, HttpRequest request) =>
        (refusal == LinkRefusal.Expired || refusal == LinkRefusal.TimeOver || refusal == LinkRefusal.Replaced)
        && request.HttpContext.Surface() is Surface.SecureLink && request.RouteValues["token"] is string token
            ? $"{request.PathBase}/task/{token}/fresh-link"
            : null;
}
