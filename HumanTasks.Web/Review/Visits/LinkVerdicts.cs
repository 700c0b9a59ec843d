using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Review.Visits;

/// <summary>Converts verdicts to the responses of a link's page.</summary>
internal static class LinkVerdicts
{
    /// <summary>Returns unknown for a task of another kind than the link's page is for.</summary>
    public static Verdict Within(this Verdict verdict, Visit visit) =>
        TaskOf(verdict) is { } task && visit.Only is { } only && task.Kind != only ? new Verdict.Unknown() : verdict;

    /// <summary>Returns the task that a link leads to, whether or not it is open for responses.</summary>
    public static TaskView? TaskOf(Verdict verdict) =>
        verdict is Verdict.Open open ? open.View : (verdict as Verdict.Refused)?.About;

    public static IResult Refused(HttpContext context, Verdict verdict)
    {
        var refused = verdict as Verdict.Refused
            ?? throw new InvalidOperationException($"{verdict.GetType().Name} is no refusal.");
        TaskRefusals.SetRetryAfter(context, refused);
        context.Features.Set(refused); // pages around the form show their own text
        return TaskRefusals.ByLink(refused).Answer(
            context.Request, correlationId: (refused as Verdict.RejectNotAllowed)?.View.CorrelationId);
    }
}
