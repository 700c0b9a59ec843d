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

/// <summary>
/// What all calls about a human task have in common, for callers of the API and for the Studio's pages.
/// </summary>
internal static class TaskCalls
{
    /// <summary>
    /// Returns the task in the caller's environment, or null when there is none that the caller may see.
    /// </summary>
    public static async Task<HumanTask?> FindAsync(HttpContext context, TaskDesk desk, string id) =>
        await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task && context.User.MaySee(task)
            ? task
            : null;

    /// <summary>Returns the submission of a caller of the API or the Studio.</summary>
    public static Submission Submission(HttpContext context, LimitOptions limits, TimeProvider time, string? by = null) => new()
    {
        // a repeated request has the ID that was reserved for it, and finds its own response
        ResponseId = Idempotency.IdFor(context, time),
        Key = context.Request.Headers.TryGetValue(Idempotency.Header, out var key) ? $"api {key}" : null,
        By = Actor(context, by),
        Via = context.User.IsMember() ? "session" : context.User.ActorName(),
        Verified = context.User.IsMember() ? Verification.Session : Verification.ApiKey,
        MaxFileBytes = limits.MaxUploadBytes,
    };

    /// <summary>Returns who a call acts for: the member, or the person that an API key names.</summary>
    public static string? Actor(HttpContext context, string? by) =>
        context.User.MemberAddress() ?? (by is null ? null : PersonAddress.Written(by));

    /// <summary>
    /// Returns the task as one of several assignees sees it; unchanged for a single assignee or another address.
    /// </summary>
    /// <param name="task">The stored task.</param>
    /// <param name="address">The assignee's address.</param>
    /// <param name="orOnly">Whether no address means the only assignee who has not responded.</param>
    public static HumanTask Seen(HumanTask task, string? address, bool orOnly = false) =>
        task.Routing is not { } routing ? task
        : routing.Of(address) is { } seat ? task.At(seat.Number)!
        : orOnly && address is null && routing.Open.ToArray() is [var only] ? task.At(only.Number)!
        : task;

    /// <summary>Returns the task as the member can respond to it now; null when they cannot.</summary>
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

    /// <summary>Returns a refusal where human tasks are not enabled for the caller, otherwise null.</summary>
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
/// The filter that returns 403 where human tasks are not enabled. An API key can still reach the task of an
/// intervention by its ID, because interventions exist in every environment.
/// </summary>
internal sealed class HumanTasksEnabled : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        (context.HttpContext.User.IsMember() || !context.HttpContext.Request.RouteValues.ContainsKey("id"))
        && TaskCalls.Disabled(context.HttpContext) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context);
}
