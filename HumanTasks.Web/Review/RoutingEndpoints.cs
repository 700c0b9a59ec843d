using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review.Isolated;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Review;

/// <summary>The endpoints for an assignee to claim, release and delegate a task.</summary>
internal static class RoutingEndpoints
{
    private const int MaxNote = 1000;

    public static void MapRouting(this RouteGroupBuilder link)
    {
        link.MapPost("/claim", ClaimAsync)
            .DisableAntiforgery()
            .Operation("claimLink", "task-claimed", "answer-under-review", "not-an-assignee", "same-person")
            .WithSummary("Claims a task.")
            .Produces(StatusCodes.Status204NoContent);
        link.MapPost("/release", ReleaseAsync)
            .DisableAntiforgery()
            .Operation("releaseLink", "answer-under-review", "not-an-assignee")
            .WithSummary("Releases a task to all candidates.")
            .Produces(StatusCodes.Status204NoContent);
        link.MapPost("/delegate", DelegateAsync)
            .DisableAntiforgery()
            .Operation("delegateLink", "task-claimed", "answer-under-review", "not-an-assignee", "same-person", "assignee-not-allowed")
            .Takes(DelegateRequest.Body).TakesToo("application/x-www-form-urlencoded")
            .WithSummary("Delegates a task to another allowed address.")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Maps the page after delegating: the link that was used is revoked, and its session has ended.</summary>
    public static void MapDelegated(this RouteGroupBuilder link) => link
        .MapMethods("/delegated", ["GET", "HEAD"], (HttpContext context) => Visit.Of(context).Claim is null
            ? LinkRefusal.NotFound.Answer(context.Request)
            : new RazorComponentResult<DelegatedPage>())
        .ExcludeFromDescription();

    private static Task<IResult> ClaimAsync(HttpContext context, TaskOperations operations, IAntiforgery antiforgery) =>
        ChangeAsync(context, operations, antiforgery, task => operations.ClaimAsync(task.Task, CallerAt(context, task), context.RequestAborted));

    private static Task<IResult> ReleaseAsync(HttpContext context, TaskOperations operations, IAntiforgery antiforgery) =>
        ChangeAsync(context, operations, antiforgery, task => operations.ReleaseAsync(task.Task, CallerAt(context, task), context.RequestAborted));

    private static Caller CallerAt(HttpContext context, TaskView task) =>
        new(Visit.Of(context).By) { Person = Visit.Of(context).By, Seat = task.OneOfSeveral?.Number, IsAtLink = true };

    private static async Task<IResult> DelegateAsync(HttpContext context, TaskOperations operations, FormModels models, IAntiforgery antiforgery)
    {
        string to, note;
        if (context.Request.WantsJson())
        {
            var (request, problem) = await ApiRequest.ReadAsync(context, DelegateRequest.Body);
            if (request is null)
            {
                return problem!;
            }

            (to, note) = (request.Assignee, request.Note ?? "");
        }
        else
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
            (to, note) = (form?["assignee"].ToString() ?? "", form?["note"].ToString() ?? "");
        }

        note = note.Trim();
        Unsent.Keep(context, () =>
        [
            .. new[] { new UnsentAnswer(new(ReviewTexts.Get("DelegateTo"), null), to), new UnsentAnswer(new(ReviewTexts.Get("DelegateNote"), null), note) }
                .Where(typed => typed.Value.Length > 0),
        ]);
        var (verdict, answer) = await TryAsync(context, operations, antiforgery, task => operations.DelegateAsync(
            task.Task,
            to,
            note.Length is 0 ? null : note[..Math.Min(note.Length, MaxNote)],
            CallerAt(context, task),
            context.RequestAborted));
        if (context.Request.WantsJson())
        {
            return answer;
        }

        return verdict switch
        {
            Verdict.Done => new SeeOther(DelegatedAddress(Visit.Of(context))),
            Verdict.NotAllowed refused => ReviewAnswers.Page(
                await models.AsPageAsync(
                    await models.AsLeftAsync(context, refused.View, FormStep.Of(context.Request)) with { Delegation = (to, note) }, refused.View, context.RequestAborted),
                StatusCodes.Status422UnprocessableEntity),
            _ => answer,
        };
    }

    private static string DelegatedAddress(Visit visit) => $"{visit.Page}/delegated";

    private static async Task<IResult> ChangeAsync(
        HttpContext context, TaskOperations operations, IAntiforgery antiforgery, Func<TaskView, Task<Verdict>> change) =>
        (await TryAsync(context, operations, antiforgery, change)).Answer;

    private static async Task<(Verdict? Verdict, IResult Answer)> TryAsync(
        HttpContext context, TaskOperations operations, IAntiforgery antiforgery, Func<TaskView, Task<Verdict>> change)
    {
        if (!context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return (null, LinkRefusal.Malformed.Answer(context.Request));
        }

        var visit = Visit.Of(context);
        var verdict = visit.Claim is { } claim
            ? (await operations.OpenAsync(claim, context.RequestAborted)).Within(visit)
            : new Verdict.Unknown();
        if (verdict is Verdict.Open { View: var task })
        {
            verdict = await change(task);
        }

        return (verdict, verdict is not Verdict.Done ? LinkVerdicts.Refused(context, verdict)
            : context.Request.WantsJson() ? TypedResults.NoContent()
            : new SeeOther(visit.Page));
    }
}
