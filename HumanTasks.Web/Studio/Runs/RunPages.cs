using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Runs;

/// <summary>The list of runs and the page of a run.</summary>
internal static class RunPages
{
    private const int PageSize = 50;
    private const int LogPage = 200;
    private const int MaxLog = 2000;
    private const int MaxChain = 200;

    public static void MapRunPages(this RouteGroupBuilder studio)
    {
        var runs = studio.MapGroup("/runs").RequireAuthorization(Scopes.Runs).InEnglishOrGerman();
        runs.MapMethods("", ["GET", "HEAD"], ListAsync);
        runs.MapMethods("/{id}", ["GET", "HEAD"], ShowAsync);
        runs.MapPost("/{id}/cancel", CancelAsync).DisableAntiforgery();
        runs.MapPost("/{id}/retry", RetryAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore store)
    {
        var query = context.Request.Query;
        var status = Workspace.Text(query["status"]);
        RunStatus? wanted = status is not null && WireNames.TryStatus(status, out RunStatus known) ? known : null;
        var (ruleSet, correlationId, cursor) = (Workspace.Text(query["ruleSet"]), Workspace.Text(query["correlationId"]), Workspace.Text(query["cursor"]));
        var page = await store.ListRunsAsync(
            new RunQuery(context.User.EnvironmentId(), PageSize, cursor, wanted, ruleSet, correlationId), context.RequestAborted);
        return Workspace.Page<RunListPage>(
            context,
            string.Join('\n', page.Items.Select(run => $"{run.Id} {run.Version}")) + page.Next,
            (nameof(RunListPage.Items), page.Items),
            (nameof(RunListPage.Status), wanted is { } of ? WireNames.Of(of) : null),
            (nameof(RunListPage.RuleSet), ruleSet),
            (nameof(RunListPage.CorrelationId), correlationId),
            (nameof(RunListPage.Cursor), cursor),
            (nameof(RunListPage.Next), page.Next));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts) =>
        await ViewAsync(id, context, operations, engine, store, transcripts) is { } view
            ? Workspace.Page<RunPage>(context, view.State, (nameof(RunPage.View), view))
            : Workspace.NotFound(context);

    private static async Task<IResult> CancelAsync(string id, HttpContext context, RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString() is { Length: > 0 and <= 1000 } given ? given : null;
        var (environment, by) = (context.User.EnvironmentId(), context.User.ActorName());
        var verdict = form["tree"] == "true"
            ? await operations.CancelTreeAsync(environment, id, reason, by, context.RequestAborted)
            : await operations.CancelAsync(environment, id, reason, by, context.RequestAborted);
        return await AnswerAsync(id, context, operations, engine, store, transcripts, verdict);
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts) =>
        await AnswerAsync(
            id,
            context,
            operations,
            engine,
            store,
            transcripts,
            await operations.RetryAsync(context.User.EnvironmentId(), id, context.User.ActorName(), context.RequestAborted));

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts, RunVerdict verdict)
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
        return why is not null && await ViewAsync(id, context, operations, engine, store, transcripts) is { } view
            ? Workspace.Show<RunPage>(context, StatusCodes.Status409Conflict, (nameof(RunPage.View), view), (nameof(RunPage.Problem), why))
            : Workspace.NotFound(context);
    }

    private static async Task<RunView?> ViewAsync(string id, HttpContext context, RunOperations operations, RunEngine engine, IRunStore store, Transcripts transcripts)
    {
        var environment = context.User.EnvironmentId();
        if (await operations.FindDetailsAsync(environment, id, context.RequestAborted) is not { Run: var run } details)
        {
            return null;
        }

        List<LogLine> log = [];
        string? cursor = null;
        do
        {
            var page = await store.ReadLogAsync(id, cursor, LogPage, context.RequestAborted);
            log.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && log.Count < MaxLog);

        var ruleSet = await engine.FindRuleSetAsync(run, details.Tasks.Count > 0 ? details.Tasks[0] : null, context.RequestAborted);
        var chain = await store.ListRunsAsync(
            new RunQuery(environment, MaxChain, CorrelationId: run.CorrelationId), context.RequestAborted);
        var mask = SecretMask.Of(run, ruleSet);
        return new RunView(
            run with { State = mask.State(run.State) },
            await RunEndpoints.CurrentActionAsync(run, engine, context.RequestAborted),
            Secrets.IsReadable(run.Context) ? mask.Context(run.Context) : [],
            [.. details.Tasks.Select(task => WatchedSecrets.InList(context, task))],
            [.. log.Select(mask.Line)],
            (ruleSet?.Actions ?? []).DistinctBy(action => action.Name).ToDictionary(action => action.Name, action => action.Type, StringComparer.Ordinal),
            RunView.ChainOf(chain.Items))
        {
            Transcript = ruleSet?.Actions.Any(action => action is RuleAction.Agent) == true
                ? [.. (await transcripts.ReadAsync(id, context.RequestAborted)).Select(mask.Call)]
                : [],
        };
    }
}
