using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Api;

/// <summary>Human tasks: <c>/api/tasks</c>.</summary>
public static class TaskEndpoints
{
    public static RouteGroupBuilder MapTasks(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapGroup("/tasks").WithTags("Human tasks").RequireAuthorization(Scopes.Tasks);
        tasks.MapGet("/", ListAsync)
            .WithSummary("Human tasks; newest first unless sorted otherwise.")
            .Produces<ListAnswer<TaskItem>>();
        tasks.MapGet("/{id}", GetAsync)
            .WithSummary("A task; with 'Prefer: wait=N' answered as soon as it is over.")
            .Produces<TaskAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        tasks.MapGet("/{id}/schema", SchemaAsync)
            .WithSummary("JSON Schema 2020-12 of the values that the task's current form accepts.")
            .Produces<JsonObject>(contentType: "application/schema+json");
        tasks.MapGet("/{id}/files/{fileId}", FileAsync)
            .WithSummary("A file that was uploaded with a response.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        tasks.MapPost("/{id}/responses", RespondAsync)
            .WithSummary("Answers a task.")
            .Accepts<ResponseRequest>("application/json")
            .Produces<ResponseAccepted>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tasks.MapPost("/{id}/cancel", CancelAsync)
            .WithSummary("Closes a task without an answer; its run ends cancelled.")
            .Accepts<ReasonRequest>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/reject", RejectAsync)
            .WithSummary("Declines a task with a reason.")
            .Accepts<ReasonRequest>("application/json")
            .Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id}/link", LinkAsync)
            .WithSummary("Issues the task's link again; older links die.")
            .Produces<LinkIssued>();
        return tasks;
    }

    private static async Task<IResult> ListAsync(
        string? limit,
        string? cursor,
        string? status,
        string? assignee,
        string? runId,
        string? q,
        string? sort,
        HttpContext context,
        IRunStore store)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        TaskStatus? wanted = null;
        if (status is not (null or "" or "all"))
        {
            if (!WireNames.TryStatus(status, out TaskStatus known))
            {
                return ApiProblem.InvalidQuery("status", $"'{status}' is not a task status.");
            }

            wanted = known;
        }

        TaskSort? order = sort switch
        {
            null or "" or "-createdAt" => TaskSort.NewestFirst,
            "createdAt" => TaskSort.OldestFirst,
            "expiresAt" => TaskSort.ExpiresFirst,
            "dueAt" => TaskSort.DueFirst,
            _ => null,
        };
        if (order is null)
        {
            return ApiProblem.InvalidQuery("sort", "'sort' is one of -createdAt, createdAt, expiresAt, dueAt.");
        }

        var query = new TaskQuery(
            context.User.EnvironmentId(), count, cursor, wanted, NotEmpty(assignee), NotEmpty(runId), NotEmpty(q), order.Value);
        var page = await store.ListTasksAsync(query, context.RequestAborted);
        return new ListResult<TaskItem>(
            new ListAnswer<TaskItem>([.. page.Items.Select(TaskItem.Of)], page.Next), WebJson.Default.ListAnswerTaskItem);
    }

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, TaskDesk desk, IRunStore store, IRunHost host, TimeProvider time)
    {
        var environment = context.User.EnvironmentId();
        var task = await PreferWait.UntilAsync(
            context,
            host,
            time,
            HumanTask.RunIdOf(id) ?? id,
            () => desk.FindAsync(environment, id, context.RequestAborted),
            task => !task.State.IsPending);
        if (task is null)
        {
            return ApiProblem.NotFound("task");
        }

        var stored = await store.ResponsesOfTaskAsync(id, context.RequestAborted);
        ResponseAnswer[] responses = [.. stored.Select(ResponseAnswer.Of)];
        return TypedResults.Ok(new TaskAnswer(
            task.Id,
            task.RunId,
            task.Environment,
            WireNames.Of(task.Kind),
            task.RuleSet,
            task.Action,
            task.Title,
            task.Description,
            WireNames.Of(task.State.Status),
            WireNames.ReasonOf(task.State),
            task.Assignee,
            task.CorrelationId,
            task.CreatedAt,
            task.UpdatedAt,
            task.DueAt,
            task.ExpiresAt,
            task.MaxUses,
            task.UsesLeft,
            task.AllowReject,
            task.Context,
            task.CurrentRound.Form,
            [.. task.Rounds.Select(round => new RoundAnswer(
                round.Number, round.OpenedAt, round.Form, [.. responses.Where(response => response.Round == round.Number)]))],
            responses,
            [.. task.Timeline.Select(happened => new TimelineItem(
                happened.At, WireNames.Of(happened.Kind), happened.By, happened.Detail))]));
    }

    private static async Task<IResult> SchemaAsync(string id, HttpContext context, TaskDesk desk) =>
        await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task
            ? TypedResults.Json(
                FormSchema.Of(task.Form(), task.Title), WebJson.Default.JsonObject, "application/schema+json")
            : ApiProblem.NotFound("task");

    private static async Task<IResult> FileAsync(
        string id, string fileId, HttpContext context, TaskDesk desk, IRunStore store, IFileStore files)
    {
        if (await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is null)
        {
            return ApiProblem.NotFound("task");
        }

        var responses = await store.ResponsesOfTaskAsync(id, context.RequestAborted);
        var file = responses
            .SelectMany(response => response.Values)
            .SelectMany(value => value.Value is JsonArray list ? list.ToArray() : [value.Value])
            .OfType<JsonObject>()
            .Select(FileValue.TryRead)
            .FirstOrDefault(file => file?.FileId == fileId);
        if (file is null || await files.OpenAsync(new FileKey(id, fileId), context.RequestAborted) is not { } content)
        {
            return ApiProblem.NotFound("file");
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, file.ContentType, file.Name);
    }

    private static async Task<IResult> RespondAsync(string id, HttpContext context, TaskDesk desk, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ResponseRequest.Read);
        if (request is null)
        {
            return problem!;
        }

        if (await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } task)
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

        return Answer(await desk.AcceptAsync(
            task,
            request.Values,
            Submission(context, limits, time) with { By = request.By },
            context.RequestAborted));
    }

    private static async Task<IResult> RejectAsync(string id, HttpContext context, TaskDesk desk, LimitOptions limits, TimeProvider time)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReasonRequest.Read, optional: true);
        if (request is null)
        {
            return problem!;
        }

        return await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task
            ? NoContent(await desk.RejectAsync(task, request.Reason, Submission(context, limits, time), context.RequestAborted))
            : ApiProblem.NotFound("task");
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, TaskDesk desk)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, ReasonRequest.Read, optional: true);
        if (request is null)
        {
            return problem!;
        }

        return await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is { } task
            ? NoContent(await desk.CancelAsync(task, request.Reason, context.User.ActorName(), context.RequestAborted))
            : ApiProblem.NotFound("task");
    }

    private static async Task<IResult> LinkAsync(string id, HttpContext context, TaskDesk desk)
    {
        if (await desk.FindAsync(context.User.EnvironmentId(), id, context.RequestAborted) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        return await desk.ReissueLinkAsync(task, context.User.ActorName(), context.RequestAborted) is Verdict.Done done
            ? TypedResults.Ok(new LinkIssued(desk.LinkOf(done.Task), done.Task.ExpiresAt))
            : Over(task);
    }

    private static Submission Submission(HttpContext context, LimitOptions limits, TimeProvider time) => new()
    {
        // a repeated request comes with the id that was reserved for it, and finds its own response
        ResponseId = Idempotency.IdFor(context, time),
        Key = context.Request.Headers.TryGetValue(Idempotency.Header, out var key) ? $"api {key}" : null,
        Via = context.User.ActorName(),
        MaxFileBytes = limits.MaxUploadBytes,
    };

    private static IResult Answer(Verdict verdict) => verdict switch
    {
        Verdict.Accepted accepted => TypedResults.Ok(new ResponseAccepted(
            accepted.Task.Id,
            accepted.Response.ResumedRunId,
            accepted.Task.CorrelationId,
            accepted.Response.Id,
            accepted.Response.UsesLeft ?? accepted.Task.UsesLeft)),
        Verdict.InvalidInput invalid => ApiProblem.InvalidFormInput(invalid.Problems, invalid.Task.CorrelationId),
        Verdict.KeyReused => ApiProblem.KeyReused(),
        Verdict.UsedUp used => Over(used.Task),
        Verdict.Expired { Task: { } task } => Over(task),
        _ => ApiProblem.NotFound("task"),
    };

    private static IResult NoContent(Verdict verdict) => verdict is Verdict.Accepted or Verdict.Done
        ? TypedResults.NoContent()
        : Answer(verdict);

    private static IResult Over(HumanTask task) => ApiProblem.Of(
        StatusCodes.Status409Conflict,
        "task-is-over",
        "The task is over",
        task.State.IsPending ? "Its time is over." : $"The task is {WireNames.Of(task.State.Status)}.",
        task.CorrelationId);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
