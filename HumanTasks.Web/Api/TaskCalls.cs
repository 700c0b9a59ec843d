using HumanTasks.Core.Engine;
using HumanTasks.Core.Environments;
using HumanTasks.Core.People;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;
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

    public static IResult NoContent(Verdict verdict) => verdict is Verdict.Accepted or Verdict.Done
        ? TypedResults.NoContent()
        : Answer(verdict);

    public static IResult Answer(Verdict verdict) => verdict switch
    {
        Verdict.Accepted accepted => TypedResults.Ok(new ResponseAccepted(
            accepted.Task.Id,
            accepted.Response.ResumedRunId,
            accepted.Task.CorrelationId,
            accepted.Response.Id,
            accepted.Response.UsesLeft ?? accepted.Task.UsesLeft)),
        Verdict.InvalidInput invalid => ApiProblem.InvalidFormInput(invalid.Problems, invalid.Task.CorrelationId),
        Verdict.UnderReview looked => ApiProblem.Of(
            StatusCodes.Status409Conflict,
            "answer-under-review",
            "Response under review",
            "The agent is reviewing a response. A follow-up question may come next.",
            looked.Task.CorrelationId),
        Verdict.Claimed claimed => ApiProblem.Of(
            StatusCodes.Status409Conflict,
            "task-claimed",
            "Task already claimed",
            $"{claimed.By} claimed this task and can release it.",
            claimed.Task.CorrelationId),
        Verdict.NotTheirs other => ApiProblem.Of(
            StatusCodes.Status403Forbidden,
            "not-an-assignee",
            "Not an assignee",
            "Only assignees can respond. With an API key, set 'by' to an assignee's address.",
            other.Task.CorrelationId),
        Verdict.SamePerson same => ApiProblem.Of(
            StatusCodes.Status403Forbidden,
            "same-person",
            "A second person must respond",
            "This person decided an earlier step (four-eyes rule).",
            same.Task.CorrelationId),
        Verdict.NotAllowed refused => ApiProblem.Of(
            StatusCodes.Status422UnprocessableEntity,
            "assignee-not-allowed",
            "Assignee not allowed",
            refused.Why,
            refused.Task.CorrelationId),
        Verdict.RejectNotAllowed refused => ApiProblem.Of(
            StatusCodes.Status409Conflict,
            "reject-not-allowed",
            "The task cannot be declined",
            "Its action does not set 'allowReject'. Answer the task, or cancel it with a reason.",
            refused.Task.CorrelationId),
        Verdict.KeyReused => ApiProblem.KeyReused(),
        Verdict.UsedUp used => Over(used.Task),
        Verdict.Expired { Task: { } task } => Over(task),
        _ => ApiProblem.NotFound("task"),
    };

    public static IResult Over(HumanTask task) => ApiProblem.Of(
        StatusCodes.Status409Conflict,
        "task-is-over",
        "The task has ended",
        WhyOver(task),
        task.CorrelationId);

    /// <summary>How a task came to be over, and by whom.</summary>
    public static string WhyOver(HumanTask task)
    {
        if (task.State.Status == Core.Tasks.TaskStatus.Pending)
        {
            return task.Seat is { Answer: not null } seat ? $"{seat.Assignee} has responded. Other assignees are still pending." : "The task has expired.";
        }

        var by = task.Timeline.LastOrDefault(happened => happened.Kind is TaskEventKind.Answered or TaskEventKind.Rejected or TaskEventKind.Cancelled);
        return $"The task is {WireNames.Of(task.State.Status)}{(by?.By is { } who ? $" by {who}" : "")}.";
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
