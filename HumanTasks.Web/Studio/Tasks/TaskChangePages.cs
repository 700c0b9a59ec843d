using HumanTasks.Core.Engine;
using HumanTasks.Core.Links;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>What members do with a task on its page. Changes use the same code as the API.</summary>
internal static class TaskChangePages
{
    private const int MaxReason = 1000;

    public static void MapTaskChangePages(this RouteGroupBuilder tasks)
    {
        tasks.MapPost("/{id}/answer", AnswerAsync).RequireAuthorization(Scopes.Respond).CheckingTokenItself();
        tasks.MapPost("/{id}/comments", CommentAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/cancel", CancelAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/claim", ClaimAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/release", ReleaseAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/reassign", ReassignAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/remind", RemindAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/link", LinkAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
    }

    /// <summary>Returns the reason that a member typed, cut to its maximum; null for none.</summary>
    public static string? Reason(string typed) => typed.Length == 0 ? null : typed.Length <= MaxReason ? typed : typed[..MaxReason];

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, TaskOperations operations, TaskPageResults page, Submitting submitting, IAntiforgery antiforgery)
    {
        // forms are checked where the entered values can be shown again; programs have no such page, so they are
        // checked here
        if (context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return ApiProblem.Malformed("The antiforgery token is missing or invalid. Reload the page and try again.");
        }

        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return Workspace.NotFound(context);
        }

        var around = await page.ViewAsync(context, task, null);
        var beside = await page.BesideAsync(context, id);
        var rendered = false;
        context.Features.Set(TaskPageResults.VisitOf(context, task, beside) with
        {
            Render = (model, status) =>
            {
                rendered = true;
                return page.Again(context, status, around with { Form = model }, beside);
            },
        });
        var result = await submitting.SubmitAsync(context, ClaimOf(TaskView.Of(task, context.User.MemberAddress())), context.RequestAborted);
        return rendered || result is SeeOther
            ? result
            : await page.RefusedAsync(
                context, id, null, context.Features.Get<Verdict.Refused>() is { } verdict ? TaskCalls.Refused(context, verdict).ProblemDetails : null);
    }

    private static async Task<IResult> CommentAsync(string id, HttpContext context, TaskOperations operations, TaskJournal journal, TaskPageResults page)
    {
        var text = (await FieldAsync(context, "text")).Trim();
        return text.Length is 0 or > TaskJournal.MaxComment
            ? await page.RefusedAsync(context, id, StudioTexts.Count("EnterComment", TaskJournal.MaxComment))
            : await page.DoneAsync(context, id, $"{TaskSaying.Commented}#comments-title", await TaskTalk.AddCommentAsync(context, operations, journal, id, text));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await page.DoneAsync(
            context, id, "cancelled", await TaskActions.CancelOneAsync(context, operations, id, Reason(await FieldAsync(context, "reason"))));

    private static async Task<IResult> ReassignAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page)
    {
        var assignee = (await FieldAsync(context, "assignee")).Trim();
        var from = await FieldAsync(context, "from");
        return TypedAssignee.Problem(assignee) is { } problem
            ? await page.RefusedAsync(context, id, problem)
            : await page.DoneAsync(
                context, id, "reassigned", await TaskActions.ReassignOneAsync(context, operations, id, assignee, from.Length > 0 ? from : null));
    }

    private static async Task<IResult> ClaimAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await page.DoneAsync(context, id, "claimed", await TaskActions.ClaimOneAsync(context, operations, id, null));

    private static async Task<IResult> ReleaseAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await page.DoneAsync(context, id, "released", await TaskActions.ReleaseOneAsync(context, operations, id, null));

    private static async Task<IResult> RemindAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await page.DoneAsync(context, id, "reminded", await TaskActions.RemindAsync(id, context, operations));

    private static async Task<IResult> LinkAsync(string id, HttpContext context, TaskOperations operations, TaskPageResults page) =>
        await page.DoneAsync(context, id, "reissued", await TaskActions.LinkOneAsync(context, operations, id, null));

    private static LinkClaim ClaimOf(TaskView task) => new(task.RunId, task.Action, task.Generation, task.SeatNumber);

    private static async Task<string> FieldAsync(HttpContext context, string name) =>
        (await context.Request.ReadFormAsync(context.RequestAborted))[name].ToString();
}
