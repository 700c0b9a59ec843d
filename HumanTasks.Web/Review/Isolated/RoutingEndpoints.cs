using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Review.Isolated;

/// <summary>What an assignee does with a task besides answering: takes it, gives it back, hands it on.</summary>
internal static class RoutingEndpoints
{
    private const int MaxNote = 1000;

    public static void MapRouting(this RouteGroupBuilder link)
    {
        link.MapPost("/claim", ClaimAsync)
            .DisableAntiforgery()
            .WithSummary("Takes a task that several candidates can take.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict);
        link.MapPost("/release", ReleaseAsync)
            .DisableAntiforgery()
            .WithSummary("Gives a task back to all candidates.")
            .Produces(StatusCodes.Status204NoContent);
        link.MapPost("/delegate", DelegateAsync)
            .DisableAntiforgery()
            .WithSummary("Hands a task to another address that its action allows.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> ClaimAsync(HttpContext context, TaskDesk desk, IAntiforgery antiforgery) =>
        ChangeAsync(context, desk, antiforgery, task => desk.ClaimAsync(task, context.RequestAborted));

    private static Task<IResult> ReleaseAsync(HttpContext context, TaskDesk desk, IAntiforgery antiforgery) =>
        ChangeAsync(context, desk, antiforgery, task => task.Whole.Routing?.ClaimedBy is { } by && by != task.Seat?.Number
            ? Task.FromResult<Verdict>(new Verdict.NotTheirs(task))
            : desk.ReleaseAsync(task, Visit.Of(context).By, context.RequestAborted));

    private static async Task<IResult> DelegateAsync(HttpContext context, TaskDesk desk, IAntiforgery antiforgery)
    {
        string to, note;
        if (context.Request.WantsJson())
        {
            var (request, problem) = await ApiRequest.ReadAsync(context, DelegateRequest.Read);
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
        return await ChangeAsync(context, desk, antiforgery, task => EmailAddresses.Are(to.Trim())
            ? desk.DelegateAsync(task, to, note.Length is 0 ? null : note[..Math.Min(note.Length, MaxNote)], Visit.Of(context).By!, context.RequestAborted)
            : Task.FromResult<Verdict>(new Verdict.NotAllowed(task, "This is no e-mail address.")));
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context, TaskDesk desk, IAntiforgery antiforgery, Func<HumanTask, Task<Verdict>> change)
    {
        if (!context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return ReviewRefusal.Malformed.Answer(context.Request);
        }

        var visit = Visit.Of(context);
        var verdict = visit.Claim is { } claim
            ? (await desk.OpenAsync(claim, context.RequestAborted)).Within(visit)
            : new Verdict.Unknown();
        if (verdict is Verdict.Open { Task: var task })
        {
            verdict = await change(task);
        }

        return verdict is not Verdict.Done ? LinkVerdicts.Refused(context, verdict)
            : context.Request.WantsJson() ? TypedResults.NoContent()
            : new SeeOther(visit.Page);
    }
}
