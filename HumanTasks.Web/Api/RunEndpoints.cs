using HumanTasks.Core;
using HumanTasks.Core.Agents;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of runs: <c>/api/rule-sets/{name}/runs</c> and <c>/api/runs</c>.</summary>
public static partial class RunEndpoints
{
    /// <summary>
    /// How long to wait for a run that does not exist yet: a reviewer's response names the continuation shortly before
    /// it is created.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    public static RouteGroupBuilder MapRuns(this IEndpointRouteBuilder app)
    {
        app.MapPost("/rule-sets/{name}/runs", StartAsync)
            .WithTags("Runs")
            .RequireAuthorization(Scopes.Runs)
            .Operation("startRun", "invalid-request", "run-allowance-exhausted")
            .WithSummary("Starts a run of the latest version of a rule set.")
            .Takes(StartRunRequest.Body)
            .Produces<RunStarted>(StatusCodes.Status202Accepted);

        var runs = app.MapGroup("/runs").WithTags("Runs").RequireAuthorization(Scopes.Runs);
        runs.MapGet("/", ListAsync)
            .Operation("listRuns", "invalid-query")
            .Tagged()
            .Words("status", [.. WireNames.All<RunStatus>(), "all"])
            .WithSummary("Lists runs, newest first.")
            .Produces<ListAnswer<RunItem>>();
        runs.MapGet("/{id}", GetAsync)
            .Operation("getRun").Waits()
            .WithSummary("Gets a run. With 'Prefer: wait=N', responds when the run ends.")
            .Produces<RunAnswer>();
        runs.MapGet("/{id}/log", LogAsync)
            .Operation("listRunLog", "invalid-query").Tagged()
            .WithSummary("Lists the log of a run, oldest first.")
            .Produces<ListAnswer<LogItem>>();
        runs.MapGet("/{id}/transcript", TranscriptAsync)
            .Operation("listRunTranscript").Tagged()
            .WithSummary("Lists the model calls of a run's agents, with tokens and durations.")
            .Produces<ListAnswer<TranscriptItem>>();
        runs.MapPost("/{id}/cancel", CancelAsync)
            .Operation("cancelRun", "run-is-over")
            .WithSummary("Cancels a run and its pending task. With 'tree', also cancels all descendant runs.")
            .Takes(CancelRunRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        runs.MapPost("/cancel", CancelAllAsync)
            .Operation("cancelRuns")
            .WithSummary("Cancels every active run with a correlation ID.")
            .Takes(CancelRunsRequest.Body)
            .Produces<RunsCancelled>();
        runs.MapPost("/{id}/retry", RetryAsync)
            .AnswersNoContent()
            .Operation("retryRun", "run-is-not-failed")
            .WithSummary("Retries the failed action of a failed run.")
            .Produces(StatusCodes.Status204NoContent);
        return runs;
    }

    private static async Task<IResult> StartAsync(
        string name,
        HttpContext context,
        RunOperations operations,
        RuleSetCatalog ruleSets,
        EnvironmentCatalog environments,
        TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, StartRunRequest.Body);
        if (request is null)
        {
            return problem!;
        }

        var environment = environments.Get(context.User.EnvironmentId());
        if (await ruleSets.FindAsync(environment.Id, name, null, context.RequestAborted) is not { } ruleSet)
        {
            return ApiProblem.NotFound("rule set");
        }

        var start = new StartRequest(
            Idempotency.IdFor(context, time), environment, ruleSet, request.Context ?? [], request.CorrelationId)
        {
            By = context.User.ActorName(),
        };
        Idempotency.Answers(context, change => change.Run is { } run && run.Id == start.RunId ? Started(run) : null);
        return await operations.StartAsync(start, context.RequestAborted) switch
        {
            StartVerdict.Started started => Started(started.Run),
            var refused => AdHocRuns.Refusal(refused),
        };

        IResult Started(Run run) => TypedResults.Accepted(
            $"{context.Request.PathBase}/api/runs/{run.Id}",
            new RunStarted(run.Id, run.CorrelationId, WireNames.Of(run.State.Status), operations.LinksOf(run, ruleSet)));
    }

    private static async Task<IResult> ListAsync(
        string? limit,
        string? cursor,
        string? status,
        string? ruleSet,
        string? correlationId,
        HttpContext context,
        IRunStore store)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        RunStatus? wanted = null;
        if (status is not (null or "" or "all"))
        {
            if (!WireNames.TryStatus(status, out RunStatus known))
            {
                return ApiProblem.InvalidQuery("status", $"'{status}' is not a run status.");
            }

            wanted = known;
        }

        var page = await store.ListRunsAsync(
            new RunQuery(context.User.EnvironmentId(), count, cursor, wanted, NotEmpty(ruleSet), NotEmpty(correlationId)),
            context.RequestAborted);
        return new ListResult<RunItem>(
            new ListAnswer<RunItem>([.. page.Items.Select(RunItem.Of)], page.Next), WebJson.Default.ListAnswerRunItem);
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        RunOperations operations,
        RunEngine engine,
        WatchedSecrets secrets,
        IRunHost host,
        TimeProvider time)
    {
        var environment = context.User.EnvironmentId();
        var found = await PreferWait.UntilAsync(
            context,
            host,
            time,
            id,
            () => operations.FindDetailsAsync(environment, id, context.RequestAborted),
            found => found.Run.State.IsOver,
            GraceOf(id, time));
        if (found is not { Run: var run })
        {
            return ApiProblem.NotFound("run");
        }

        var mask = await secrets.OfAsync(context, run);
        var state = mask.State(run.State);
        return TypedResults.Ok(new RunAnswer(
            run.Id,
            run.Environment,
            run.RuleSet,
            run.RuleSetVersion,
            WireNames.Of(run.State.Status),
            WireNames.ReasonOf(state),
            run.CorrelationId,
            run.CreatedAt,
            run.UpdatedAt,
            run.AvailableUntil,
            await CurrentActionAsync(run, engine, context.RequestAborted),
            WireNames.WaitingUntil(run.State),
            mask.Context(run.Context),
            (state as RunState.Completed)?.Output,
            (state as RunState.Failed)?.Error,
            run.ContinuedFrom,
            found.Continuations,
            [.. found.Tasks.Select(task => TaskItem.Of(WatchedSecrets.InList(context, task)))]));
    }

    private static TimeSpan GraceOf(string id, TimeProvider time) =>
        Ids.TimeOf(id) is { } made && (time.GetUtcNow() - made).Duration() < Fresh ? Grace : TimeSpan.Zero;

    internal static async ValueTask<string?> CurrentActionAsync(
        Run run, RunEngine engine, CancellationToken cancellationToken)
    {
        switch (run.State)
        {
            case RunState.Paused paused:
                return paused.TaskId[(run.Id.Length + 1)..];
            case RunState.Failed failed:
                return failed.Error.Action;
            case RunState.Running:
                var ruleSet = await engine.FindRuleSetAsync(run, null, cancellationToken);
                return ruleSet is not null && run.Position < ruleSet.Actions.Count ? ruleSet.Actions[run.Position].Name : null;
            default:
                return null;
        }
    }

    private static async Task<IResult> LogAsync(
        string id, string? limit, string? cursor, HttpContext context, RunOperations operations, IRunStore store, WatchedSecrets secrets)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        if (await operations.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } run)
        {
            return ApiProblem.NotFound("run");
        }

        var page = await store.ReadLogAsync(id, cursor, count, context.RequestAborted);
        var mask = await secrets.OfAsync(context, run);
        var items = page.Items.Select(mask.Line).Select(line =>
            new LogItem(line.At, line.Action, WireNames.Of(line.Event), line.Detail, line.By, run.CorrelationId));
        return new ListResult<LogItem>(new ListAnswer<LogItem>([.. items], page.Next), WebJson.Default.ListAnswerLogItem);
    }

    private static async Task<IResult> TranscriptAsync(
        string id, HttpContext context, RunOperations operations, Transcripts transcripts, WatchedSecrets secrets)
    {
        if (await operations.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } run)
        {
            return ApiProblem.NotFound("run");
        }

        var mask = await secrets.OfAsync(context, run);
        var calls = await transcripts.ReadAsync(id, context.RequestAborted);
        return new ListResult<TranscriptItem>(
            new ListAnswer<TranscriptItem>([.. calls.Select(mask.Call).Select(TranscriptItem.Of)], null), WebJson.Default.ListAnswerTranscriptItem);
    }
}
