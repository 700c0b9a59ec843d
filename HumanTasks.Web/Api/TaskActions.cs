using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Api;

/// <summary>The actions on a human task: respond, reject, cancel, reassign, remind, send a new link.</summary>
internal static class TaskActions
{
    public static void MapTaskActions(this RouteGroupBuilder tasks)
    {
        tasks.MapPost("/{id}/responses", RespondAsync)
            .RequireAuthorization(Scopes.Respond)
            .Operation("respondToTask", "task-is-over", "task-claimed", "answer-under-review", "not-an-assignee", "same-person", "invalid-form-input")
            .WithSummary("Submits a response to a task.")
            .Takes(ResponseRequest.Body)
            .Produces<ResponseAccepted>();
        tasks.MapPost("/{id}/reject", RejectAsync)
            .RequireAuthorization(Scopes.Respond)
            .Operation("rejectTask", "task-is-over", "task-claimed", "answer-under-review", "not-an-assignee", "same-person", "reject-not-allowed")
            .WithSummary("Declines a task with a reason, where its action allows that.")
            .Takes(RejectRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/cancel", CancelAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Tasks)
            .Operation("cancelTask", "task-is-over", "answer-under-review")
            .WithSummary("Cancels a task and its run.")
            .Takes(ReasonRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/reassign", ReassignAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Tasks)
            .Operation("reassignTask", "task-is-over", "answer-under-review", "task-claimed", "not-an-assignee", "same-person", "task-has-no-assignee", "assignee-not-allowed")
            .WithSummary("Reassigns a human task and emails the new assignee a link. Earlier links are revoked.")
            .Takes(ReassignRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/claim", ClaimAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Respond)
            .Operation("claimTask", "task-is-over", "task-claimed", "answer-under-review", "not-an-assignee", "same-person")
            .WithSummary("Claims a task for one of its candidates.")
            .Takes(ClaimRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/release", ReleaseAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Respond)
            .Operation("releaseTask", "task-is-over", "answer-under-review", "not-an-assignee")
            .WithSummary("Releases a claimed task to all candidates.")
            .Takes(ClaimRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/delegate", DelegateAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Respond)
            .Operation("delegateTask", "task-is-over", "answer-under-review", "task-claimed", "not-an-assignee", "same-person", "assignee-not-allowed")
            .WithSummary("Delegates a task to another allowed address, with an optional note.")
            .Takes(DelegateRequest.Body)
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/remind", RemindAsync)
            .AnswersNoContent()
            .RequireAuthorization(Scopes.Tasks)
            .Operation("remindTask", "task-is-over", "answer-under-review", "task-has-no-address")
            .WithSummary("Emails the assignee a reminder, at most once a minute and 10 times an hour. A second request within a minute sends nothing.")
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/link", LinkAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("createTaskLink", "task-is-over", "not-an-assignee")
            .WithSummary("Creates a new link for a task and revokes earlier links.")
            .Takes(LinkRequest.Body)
            .Produces<LinkIssued>();
        tasks.MapPost("/bulk", BulkAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("changeTasks")
            .WithSummary("Cancels, reassigns or reminds several tasks and returns a result for each.")
            .Takes(BulkRequest.Body)
            .Produces<BulkAnswer>();
    }

    private static async Task<IResult> RespondAsync(string id, HttpContext context, TaskOperations operations, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ResponseRequest.Body);
        if (request is null)
        {
            return problem!;
        }

        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        return TaskCalls.Answer(context, await operations.AcceptAsync(
            TaskView.Of(task),
            request.Values,
            TaskCalls.Submission(context, limits, time, request.By) with { TakesFiles = false },
            context.RequestAborted));
    }

    private static async Task<IResult> RejectAsync(string id, HttpContext context, TaskOperations operations, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, RejectRequest.Body);
        return request is null ? problem!
            : await TaskCalls.FindAsync(context, operations, id) is not { } task ? ApiProblem.NotFound("task")
            : TaskCalls.NoContent(context, await operations.RejectAsync(
                TaskView.Of(task), request.Reason, TaskCalls.Submission(context, limits, time, request.By), context.RequestAborted));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReasonRequest.Body);
        return request is null ? problem! : await CancelOneAsync(context, operations, id, request.Reason);
    }

    private static async Task<IResult> ReassignAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReassignRequest.Body);
        return request is null ? problem! : await ReassignOneAsync(context, operations, id, request.Assignee, request.From);
    }

    public static Task<IResult> CancelOneAsync(HttpContext context, TaskOperations operations, string id, string? reason) =>
        TaskCalls.ChangeAsync(context, operations, id, task => operations.CancelAsync(task, reason, TaskCalls.Caller(context), context.RequestAborted));

    public static Task<IResult> ReassignOneAsync(
        HttpContext context, TaskOperations operations, string id, string assignee, string? from = null) =>
        TaskCalls.ChangeAsync(context, operations, id, task =>
            operations.ReassignAsync(task, from, assignee, TaskCalls.Caller(context), context.RequestAborted));

    private static async Task<IResult> ClaimAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ClaimRequest.Body);
        return request is null ? problem! : await ClaimOneAsync(context, operations, id, request.By);
    }

    public static Task<IResult> ClaimOneAsync(HttpContext context, TaskOperations operations, string id, string? by) =>
        TaskCalls.ChangeAsync(context, operations, id, task =>
            operations.ClaimAsync(task, TaskCalls.AssigneeCaller(context, by), context.RequestAborted));

    private static async Task<IResult> ReleaseAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ClaimRequest.Body);
        return request is null ? problem! : await ReleaseOneAsync(context, operations, id, request.By);
    }

    /// <summary>Releases a task, for the candidate who claimed it or a member who manages tasks.</summary>
    public static Task<IResult> ReleaseOneAsync(HttpContext context, TaskOperations operations, string id, string? by) =>
        TaskCalls.ChangeAsync(context, operations, id, task =>
            operations.ReleaseAsync(task, TaskCalls.AssigneeCaller(context, by), context.RequestAborted));

    private static async Task<IResult> DelegateAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, DelegateRequest.Body);
        return request is null ? problem! : await DelegateOneAsync(context, operations, id, request);
    }

    public static Task<IResult> DelegateOneAsync(HttpContext context, TaskOperations operations, string id, DelegateRequest request) =>
        TaskCalls.ChangeAsync(context, operations, id, task => operations.DelegateAsync(
            task, request.Assignee, request.Note, TaskCalls.AssigneeCaller(context, request.By), context.RequestAborted));

    public static Task<IResult> RemindAsync(string id, HttpContext context, TaskOperations operations) =>
        RemindOneAsync(context, operations, id, null);

    /// <summary>Reminds for a caller who knew of a number of reminders; null for one who doesn't say.</summary>
    public static Task<IResult> RemindOneAsync(HttpContext context, TaskOperations operations, string id, int? known) =>
        TaskCalls.ChangeAsync(context, operations, id, task => operations.RemindAsync(task, TaskCalls.Caller(context), known, context.RequestAborted));

    private static async Task<IResult> LinkAsync(string id, HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, LinkRequest.Body);
        return request is null ? problem! : await LinkOneAsync(context, operations, id, request.Assignee);
    }

    /// <summary>Returns a new link: for a task with several assignees the named one's, or everybody's.</summary>
    public static async Task<IResult> LinkOneAsync(HttpContext context, TaskOperations operations, string id, string? assignee)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        Idempotency.Answers(context, change => change.Tasks.FirstOrDefault(changed => changed.Id == id) is { } changed ? Issued(changed) : null);
        var verdict = await operations.ReissueLinkAsync(task, assignee, TaskCalls.Caller(context), context.RequestAborted);
        return verdict is Verdict.Done { Task: var done } ? Issued(done) : TaskCalls.Answer(context, verdict);

        IResult Issued(HumanTask issued) =>
            TypedResults.Ok(new LinkIssued(operations.LinkOf(TaskView.Of(issued, assignee)), issued.Schedule.ExpiresAt, operations.LinksOf(issued)));
    }

    private static async Task<IResult> BulkAsync(HttpContext context, TaskOperations operations)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, BulkRequest.Body);
        return request is null ? problem! : TypedResults.Ok(new BulkAnswer(await AllAsync(context, operations, request)));
    }

    /// <summary>Runs the action on one task after the other, each with its own result.</summary>
    public static async Task<IReadOnlyList<BulkItem>> AllAsync(
        HttpContext context, TaskOperations operations, BulkRequest request)
    {
        var idempotency = context.RequestServices.GetRequiredService<Idempotency>();
        List<BulkItem> items = [];
        foreach (var id in request.Ids.Distinct(StringComparer.Ordinal))
        {
            var result = await idempotency.PartAsync(context, id, () => request.Action switch
            {
                BulkRequest.Cancel => CancelOneAsync(context, operations, id, request.Reason),
                BulkRequest.Reassign => ReassignOneAsync(context, operations, id, request.Assignee!),
                _ => RemindOneAsync(context, operations, id, request.Known?.TryGetValue(id, out var known) == true ? known : null),
            });
            items.Add(result is Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult refused
                ? new BulkItem(id, refused.StatusCode, refused.ProblemDetails.Type, refused.ProblemDetails.Detail)
                : new BulkItem(id, StatusCodes.Status204NoContent, null, null));
        }

        return items;
    }
}
