using HumanTasks.Core.Engine;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Studio.Tasks;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>The list of runs and the page of a run.</summary>
internal static class RunPages
{
    public static void MapRunPages(this RouteGroupBuilder studio)
    {
        var runs = studio.MapGroup("/runs").RequireAuthorization(Scopes.Runs).InEnglishOrGerman();
        runs.MapMethods("", ["GET", "HEAD"], ListAsync);
        runs.MapMethods("/{id}", ["GET", "HEAD"], ShowAsync);
        runs.MapPost("/{id}/cancel", CancelAsync).DisableAntiforgery();
        runs.MapPost("/{id}/retry", RetryAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore store, RuleSetNames ruleSets, TimeProvider time)
    {
        var list = await RunList.ReadAsync(context, RunFilter.Read(context.Request.Query), store, time);
        return Workspace.Page<RunListPage>(
            context,
            list.State,
            (nameof(RunListPage.List), list),
            (nameof(RunListPage.RuleSets), await ruleSets.OfAsync(context.User.EnvironmentId(), context.RequestAborted)));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, RunReader reader) =>
        await reader.ReadAsync(context, id) is { } view
            ? Workspace.Page<RunPage>(context, view.State, (nameof(RunPage.View), view))
            : Workspace.NotFound(context);

    private static async Task<IResult> CancelAsync(string id, HttpContext context, RunOperations operations, RunReader reader)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString() is { Length: > 0 and <= 1000 } given ? given : null;
        var (environment, by) = (context.User.EnvironmentId(), context.User.ActorName());
        var verdict = form["tree"] == "true"
            ? await operations.CancelTreeAsync(environment, id, reason, by, context.RequestAborted)
            : await operations.CancelAsync(environment, id, reason, by, context.RequestAborted);
        return await AnswerAsync(id, context, reader, verdict);
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, RunOperations operations, RunReader reader) =>
        await AnswerAsync(
            id,
            context,
            reader,
            await operations.RetryAsync(context.User.EnvironmentId(), id, context.User.ActorName(), context.RequestAborted));

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, RunReader reader, RunVerdict verdict)
    {
        if (verdict is RunVerdict.Done)
        {
            return new SeeOther($"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/runs/{id}");
        }

        var why = verdict switch
        {
            RunVerdict.Over over => StudioAdminTexts.Get("AlreadyOver", StudioTexts.Status(WireNames.Of(over.Run.State.Status))),
            RunVerdict.NotFailed other => StudioAdminTexts.Get("OnlyFailedRetried", StudioTexts.Status(WireNames.Of(other.Run.State.Status))),
            _ => null,
        };
        return why is not null && await reader.ReadAsync(context, id) is { } view
            ? Workspace.Show<RunPage>(context, StatusCodes.Status409Conflict, (nameof(RunPage.View), view), (nameof(RunPage.Problem), why))
            : Workspace.NotFound(context);
    }
}
