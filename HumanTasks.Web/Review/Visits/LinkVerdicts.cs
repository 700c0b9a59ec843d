using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Visits;

/// <summary>What a link's page makes of a verdict.</summary>
internal static class LinkVerdicts
{
    private const string RetryAfterSeconds = "10";

    /// <summary>A task of another kind than the link's page is for is not there.</summary>
    public static Verdict Within(this Verdict verdict, Visit visit) =>
        TaskOf(verdict) is { } task && visit.Only is { } only && task.Kind != only ? new Verdict.Unknown() : verdict;

    /// <summary>The task that a link leads to, whether or not it may be answered.</summary>
    public static HumanTask? TaskOf(Verdict verdict) => verdict switch
    {
        Verdict.Open open => open.Task,
        Verdict.UsedUp used => used.Task,
        Verdict.UnderReview looked => looked.Task,
        Verdict.OtherRound other => other.Task,
        Verdict.Claimed claimed => claimed.Task,
        Verdict.SamePerson same => same.Task,
        Verdict.NotTheirs other => other.Task,
        Verdict.RejectNotAllowed refused => refused.Task,
        Verdict.Expired expired => expired.Task,
        _ => null,
    };

    public static IResult Refused(HttpContext context, Verdict verdict)
    {
        var refusal = ReviewRefusal.Of(verdict)
            ?? throw new InvalidOperationException($"{verdict.GetType().Name} is no refusal.");
        if (refusal == ReviewRefusal.NotReady || refusal == ReviewRefusal.UnderReview)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        context.Features.Set(verdict); // pages around the form say it in their own words
        return refusal.Answer(context.Request, correlationId: (verdict as Verdict.RejectNotAllowed)?.Task.CorrelationId);
    }
}
