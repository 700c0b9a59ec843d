using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>What can be done to a human task: answer, reject, cancel, reassign, remind, issue its link again.</summary>
internal static class TaskActions
{
    public static void MapTaskActions(this RouteGroupBuilder tasks)
    {
        tasks.MapPost("/{id}/responses", RespondAsync)
            .RequireAuthorization(Scopes.Respond)
            .WithSummary("Answers a task.")
            .Accepts<ResponseRequest>("application/json")
            .Produces<ResponseAccepted>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tasks.MapPost("/{id}/reject", RejectAsync)
            .RequireAuthorization(Scopes.Respond)
            .WithSummary("Declines a task with a reason.")
            .Accepts<ReasonRequest>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/cancel", CancelAsync)
            .RequireAuthorization(Scopes.Tasks)
            .WithSummary("Closes a task without an answer; its run ends cancelled.")
            .Accepts<ReasonRequest>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/reassign", ReassignAsync)
            .RequireAuthorization(Scopes.Tasks)
            .WithSummary("Hands a human task to somebody else, who is mailed a link; links that others got die.")
            .Accepts<ReassignRequest>("application/json")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tasks.MapPost("/{id}/remind", RemindAsync)
            .RequireAuthorization(Scopes.Tasks)
            .WithSummary("Mails the link to the assignee once more; at most ten times an hour.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        tasks.MapPost("/{id}/link", LinkAsync)
            .RequireAuthorization(Scopes.Tasks)
            .WithSummary("Issues the task's link again; older links die.")
            .Produces<LinkIssued>();
        tasks.MapPost("/bulk", BulkAsync)
            .RequireAuthorization(Scopes.Tasks)
            .WithSummary("Cancels, reassigns or reminds several tasks; answers what became of each.")
            .Accepts<BulkRequest>("application/json")
            .Produces<BulkAnswer>();
    }

    private static async Task<IResult> RespondAsync(string id, HttpContext context, TaskDesk desk, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ResponseRequest.Read);
        if (request is null)
        {
            return problem!;
        }

        if (await TaskCalls.FindAsync(context, desk, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        // a file field can only be answered where files can be uploaded: values that claim to be files are refused
        foreach (var field in task.Form().Fields.OfType<Field.File>())
        {
            if (request.Values[field.Name] is not null)
            {
                request.Values[field.Name] = false;
            }
        }

        var submission = TaskCalls.Submission(context, limits, time);
        return TaskCalls.Answer(await desk.AcceptAsync(
            task,
            request.Values,
            context.User.IsMember() ? submission : submission with { By = request.By },
            context.RequestAborted));
    }

    private static async Task<IResult> RejectAsync(string id, HttpContext context, TaskDesk desk, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReasonRequest.Read, optional: true);
        return request is null ? problem!
            : await TaskCalls.FindAsync(context, desk, id) is not { } task ? ApiProblem.NotFound("task")
            : TaskCalls.NoContent(await desk.RejectAsync(
                task, request.Reason, TaskCalls.Submission(context, limits, time), context.RequestAborted));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, TaskDesk desk)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReasonRequest.Read, optional: true);
        return request is null ? problem! : await CancelOneAsync(context, desk, id, request.Reason);
    }

    private static async Task<IResult> ReassignAsync(string id, HttpContext context, TaskDesk desk)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReassignRequest.Read);
        return request is null ? problem! : await ReassignOneAsync(context, desk, id, request.Assignee);
    }

    public static async Task<IResult> CancelOneAsync(HttpContext context, TaskDesk desk, string id, string? reason) =>
        await TaskCalls.FindAsync(context, desk, id) is { } task
            ? TaskCalls.NoContent(await desk.CancelAsync(task, reason, context.User.ActorName(), context.RequestAborted))
            : ApiProblem.NotFound("task");

    public static async Task<IResult> ReassignOneAsync(HttpContext context, TaskDesk desk, string id, string assignee)
    {
        if (await TaskCalls.FindAsync(context, desk, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        return task.Kind != TaskKind.HumanTask
            ? ApiProblem.Of(
                StatusCodes.Status422UnprocessableEntity,
                "task-has-no-assignee",
                "The task has no assignee",
                "A human intervention is for whoever has its link.",
                task.CorrelationId)
            : TaskCalls.NoContent(await desk.ReassignAsync(task, assignee, context.User.ActorName(), context.RequestAborted));
    }

    public static async Task<IResult> RemindAsync(string id, HttpContext context, TaskDesk desk, TimeProvider time)
    {
        if (await TaskCalls.FindAsync(context, desk, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        if (task.State.IsPending && (task.Assignee is not { } address || !EmailAddresses.Are(address)))
        {
            return ApiProblem.Of(
                StatusCodes.Status422UnprocessableEntity,
                "task-has-no-address",
                "Nobody can be mailed",
                "The task is not assigned to an e-mail address.",
                task.CorrelationId);
        }

        return TaskDesk.MayRemind(task, time.GetUtcNow())
            ? TaskCalls.NoContent(await desk.RemindAsync(task, context.User.ActorName(), context.RequestAborted))
            : ApiProblem.TooManyRequests();
    }

    public static async Task<IResult> LinkAsync(string id, HttpContext context, TaskDesk desk)
    {
        if (await TaskCalls.FindAsync(context, desk, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        return await desk.ReissueLinkAsync(task, context.User.ActorName(), context.RequestAborted) is Verdict.Done done
            ? TypedResults.Ok(new LinkIssued(desk.LinkOf(done.Task), done.Task.ExpiresAt))
            : TaskCalls.Over(task);
    }

    private static async Task<IResult> BulkAsync(HttpContext context, TaskDesk desk, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, BulkRequest.Read);
        return request is null ? problem! : TypedResults.Ok(new BulkAnswer(await AllAsync(context, desk, time, request)));
    }

    /// <summary>One after the other, each with its own result.</summary>
    public static async Task<IReadOnlyList<BulkItem>> AllAsync(
        HttpContext context, TaskDesk desk, TimeProvider time, BulkRequest request)
    {
        List<BulkItem> items = [];
        foreach (var id in request.Ids.Distinct(StringComparer.Ordinal))
        {
            var result = request.Action switch
            {
                BulkRequest.Cancel => await CancelOneAsync(context, desk, id, request.Reason),
                BulkRequest.Reassign => await ReassignOneAsync(context, desk, id, request.Assignee!),
                _ => await RemindAsync(id, context, desk, time),
            };
            items.Add(result is Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult refused
                ? new BulkItem(id, refused.StatusCode, refused.ProblemDetails.Type, refused.ProblemDetails.Detail)
                : new BulkItem(id, StatusCodes.Status204NoContent, null, null));
        }

        return items;
    }
}
