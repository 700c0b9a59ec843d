using HumanTasks.Core.Engine;
using HumanTasks.Core.Environments;
using HumanTasks.Core.People;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Api;

/// <summary>What every call about a human task has in common, for callers of the API and for the Studio's pages.</summary>
internal static class TaskCalls
{
    /// <summary>The task of the caller's environment, or null where there is none that the caller may see.</summary>
    public static async Task<HumanTask?> FindAsync(HttpContext context, TaskDesk desk, string id) =>
        await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task && context.User.MaySee(task)
            ? task
            : null;

    /// <summary>Who submits by the API or in the Studio, and as what.</summary>
    public static Submission Submission(HttpContext context, LimitOptions limits, TimeProvider time, string? by = null) => new()
    {
        // a repeated request comes with the id that was reserved for it, and finds its own response
        ResponseId = Idempotency.IdFor(context, time),
        Key = context.Request.Headers.TryGetValue(Idempotency.Header, out var key) ? $"api {key}" : null,
        By = Actor(context, by),
        Via = context.User.IsMember() ? "session" : context.User.ActorName(),
        Verified = context.User.IsMember() ? Verification.Session : Verification.ApiKey,
        MaxFileBytes = limits.MaxUploadBytes,
    };

    /// <summary>Whose doing a call is: the member's own, or what a key says.</summary>
    public static string? Actor(HttpContext context, string? by) =>
        context.User.MemberAddress() ?? (by is null ? null : PersonAddress.Written(by));

    /// <summary>The task as one of several sees it; as it is where one is asked, or nobody of this address.</summary>
    /// <param name="task">As it is stored.</param>
    /// <param name="address">Whose seat.</param>
    /// <param name="orOnly">Whether the only one who has not answered is meant where no address is given.</param>
    public static HumanTask Seen(HumanTask task, string? address, bool orOnly = false) =>
        task.Routing is not { } routing ? task
        : routing.Of(address) is { } seat ? task.At(seat.Number)!
        : orOnly && address is null && routing.Open.ToArray() is [var only] ? task.At(only.Number)!
        : task;

    /// <summary>The task as the member can answer it now; null where they cannot.</summary>
    public static HumanTask? Answerable(HttpContext context, HumanTask task)
    {
        var member = context.User.MemberAddress();
        var seen = Seen(task, member);
        return task.State.IsPending && !task.Excludes(member)
            && (task.Routing is not { } routing || routing.Open.Any(seat => seat.Number == seen.Seat?.Number))
            ? seen
            : null;
    }

    public static IResult NoContent(HttpContext context, Verdict verdict) => verdict is Verdict.Accepted or Verdict.Done
        ? TypedResults.NoContent()
        : Answer(context, verdict);

    public static IResult Answer(HttpContext context, Verdict verdict) => verdict switch
    {
        Verdict.Accepted accepted => TypedResults.Ok(new ResponseAccepted(
            accepted.Task.Id,
            accepted.Response.ResumedRunId,
            accepted.Task.CorrelationId,
            accepted.Response.Id,
            accepted.Response.UsesLeft ?? accepted.Task.UsesLeft)),
        Verdict.Refused refused => Refused(context, refused),
        _ => throw new InvalidOperationException($"{verdict.GetType().Name} is no answer."),
    };

    /// <summary>The problem details of a refusal, with the time after which another try is worth it.</summary>
    public static ProblemHttpResult Refused(HttpContext context, Verdict.Refused refused)
    {
        TaskRefusals.SetRetryAfter(context, refused);
        return TaskRefusals.ByApi(refused).Of(refused);
    }

    /// <summary>Null where human tasks are enabled for the caller.</summary>
    public static IResult? Disabled(HttpContext context)
    {
        var environment = context.RequestServices.GetRequiredService<EnvironmentCatalog>().Get(context.User.EnvironmentId());
        return environment.HumanTasks ? null : ApiProblem.Of(
            StatusCodes.Status403Forbidden,
            "human-tasks-disabled",
            "Human tasks are not enabled",
            "Human tasks are not enabled in this environment.");
    }
}

/// <summary>
/// Answers 403 where human tasks are not enabled. A key still reaches the task of an intervention by its id, because
/// interventions are there in every environment.
/// </summary>
internal sealed class HumanTasksEnabled : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        (context.HttpContext.User.IsMember() || !context.HttpContext.Request.RouteValues.ContainsKey("id"))
        && TaskCalls.Disabled(context.HttpContext) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context);
}
