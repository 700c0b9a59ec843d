using HumanTasks.Core.Engine;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HumanTasks.Web.Api;

public static partial class RunEndpoints
{
    private static async Task<IResult> CancelAsync(string id, HttpContext context, RunOperations operations, Idempotency idempotency)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, CancelRunRequest.Body);
        if (request is null)
        {
            return problem!;
        }

        var (environment, by) = (context.User.EnvironmentId(), context.User.ActorName());
        if (!request.Tree)
        {
            Idempotency.Answers(context, change => change.Run is { State: RunState.Cancelled } run && run.Id == id ? TypedResults.NoContent() : null);
            return Answer(await operations.CancelAsync(environment, id, request.Reason, by, context.RequestAborted));
        }

        // the run itself first, stored separately, so that an interrupted request continues with the runs that it
        // started
        var own = await idempotency.PartAsync(
            context, id, async () => Answer(await operations.CancelAsync(environment, id, request.Reason, by, context.RequestAborted)));
        var tree = await operations.CancelTreeAsync(environment, id, request.Reason, by, context.RequestAborted);
        return own is NoContent ? own : Answer(tree);
    }

    private static async Task<IResult> CancelAllAsync(HttpContext context, RunOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, CancelRunsRequest.Body);
        return request is null
            ? problem!
            : TypedResults.Ok(new RunsCancelled(await operations.CancelAllAsync(
                context.User.EnvironmentId(),
                request.CorrelationId,
                request.Reason,
                context.User.ActorName(),
                context.RequestAborted)));
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, RunOperations operations) =>
        Answer(await operations.RetryAsync(context.User.EnvironmentId(), id, context.User.ActorName(), context.RequestAborted));

    private static IResult Answer(RunVerdict verdict) => verdict switch
    {
        RunVerdict.Done => TypedResults.NoContent(),
        RunVerdict.Over over => ApiProblem.Of(
            StatusCodes.Status409Conflict,
            "run-is-over",
            "The run has ended",
            $"The run is {WireNames.Of(over.Run.State.Status)}.",
            over.Run.CorrelationId),
        RunVerdict.NotFailed other => ApiProblem.Of(
            StatusCodes.Status409Conflict,
            "run-is-not-failed",
            "The run has not failed",
            $"Only failed runs can be retried. This run is {WireNames.Of(other.Run.State.Status)}.",
            other.Run.CorrelationId),
        _ => ApiProblem.NotFound("run"),
    };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
