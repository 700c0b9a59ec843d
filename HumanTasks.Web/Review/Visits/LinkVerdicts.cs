using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Visits;

/// <summary>What a link's page makes of a verdict.</summary>
internal static class LinkVerdicts
{
    /// <summary>A task of another kind than the link's page is for is not there.</summary>
    public static Verdict Within(this Verdict verdict, Visit visit) =>
        TaskOf(verdict) is { } task && visit.Only is { } only && task.Kind != only ? new Verdict.Unknown() : verdict;

    /// <summary>The task that a link leads to, whether or not it may be answered.</summary>
    public static HumanTask? TaskOf(Verdict verdict) =>
        verdict is Verdict.Open open ? open.Task : (verdict as Verdict.Refused)?.About;

    public static IResult Refused(HttpContext context, Verdict verdict)
    {
        var refused = verdict as Verdict.Refused
            ?? throw new InvalidOperationException($"{verdict.GetType().Name} is no refusal.");
        TaskRefusals.SetRetryAfter(context, refused);
        context.Features.Set(refused); // pages around the form say it in their own words
        return TaskRefusals.ByLink(refused).Answer(
            context.Request, correlationId: (refused as Verdict.RejectNotAllowed)?.Task.CorrelationId);
    }
}
