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
    public static async Task<HumanTask?> FindAsync(HttpContext context, TaskOperations operations, string id) =>
        await operations.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task && context.User.MaySee(task)
            ? task
            : null;

    /// <summary>Changes a task that the caller may see; 404 where there is none.</summary>
    public static async Task<IResult> ChangeAsync(
        HttpContext context, TaskOperations operations, string id, Func<HumanTask, Task<Verdict>> change) =>
        await FindAsync(context, operations, id) is { } task ? NoContent(context, await change(task)) : ApiProblem.NotFound("task");

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

    /// <summary>Returns the caller who changes a task in their own name.</summary>
    public static Caller Caller(HttpContext context) => new(context.User.ActorName()) { Manages = context.User.May(Scopes.Tasks) };

    /// <summary>Returns the caller who acts for an assignee, themselves or the person whom an API key names.</summary>
    public static Caller AssigneeCaller(HttpContext context, string? by)
    {
        var person = Actor(context, by);
        return Caller(context) with { By = person ?? context.User.ActorName(), Person = person };
    }

    public static IResult NoContent(HttpContext context, Verdict verdict) => verdict is Verdict.Accepted or Verdict.Done
        ? TypedResults.NoContent()
        : Answer(context, verdict);

    public static IResult Answer(HttpContext context, Verdict verdict) => verdict switch
    {
        Verdict.Accepted accepted => TypedResults.Ok(new ResponseAccepted(
            accepted.View.Id,
            accepted.Response.ResumedRunId,
            accepted.View.CorrelationId,
            accepted.Response.Id,
            accepted.Response.UsesLeft ?? accepted.View.UsesLeft)),
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
