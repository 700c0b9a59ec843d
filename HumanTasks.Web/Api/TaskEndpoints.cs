using System.Text.Json.Nodes;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of human tasks: <c>/api/tasks</c>.</summary>
public static class TaskEndpoints
{
    public static RouteGroupBuilder MapTasks(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapGroup("/tasks").WithTags("Human tasks").AddEndpointFilter<RouteGroupBuilder, HumanTasksEnabled>()
            .Refuses("human-tasks-disabled");
        tasks.MapGet("/", ListAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("listTasks", "invalid-query")
            .Tagged()
            .Words("status", [.. WireNames.All<TaskStatus>(), "all"])
            .Words("sort", "-createdAt", "createdAt", "expiresAt", "dueAt")
            .WithSummary("Lists tasks, newest first by default.")
            .Produces<ListAnswer<TaskItem>>();
        tasks.MapGet("/{id}", GetAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("getTask").Waits()
            .WithSummary("Gets a task. With 'Prefer: wait=N', responds when the task ends.")
            .Produces<TaskAnswer>();
        tasks.MapGet("/{id}/schema", SchemaAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("getTaskSchema")
            .WithSummary("Gets the JSON Schema (2020-12) of the current form.")
            .Produces<JsonObject>(contentType: "application/schema+json");
        tasks.MapGet("/{id}/files/{fileId}", FileAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("getTaskFile")
            .WithSummary("Downloads a file uploaded with a response.")
            .Produces(StatusCodes.Status200OK, null, "application/octet-stream");
        tasks.MapGet("/counts", CountsAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("countTasks")
            .WithSummary("Counts tasks by status, up to 10,000 each.")
            .Produces<TaskCounts>();
        tasks.MapTaskActions();
        tasks.MapTaskTalk();
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
            return ApiProblem.InvalidQuery("sort", "'sort' must be one of: -createdAt, createdAt, expiresAt, dueAt.");
        }

        var query = new TaskQuery(
            context.User.EnvironmentId(), count, cursor, wanted, AssigneeOf(context, assignee), NotEmpty(runId), NotEmpty(q), order.Value)
        {
            VisibleTo = context.User.VisibleTo(),
            Watches = context.User.IsMember(),
        };
        var page = await store.ListTasksAsync(query, context.RequestAborted);
        return new ListResult<TaskItem>(
            new ListAnswer<TaskItem>([.. page.Items.Where(task => WatchedSecrets.Names(context, task, query.Assignee)).Select(task => TaskItem.Of(WatchedSecrets.InList(context, task)))], page.Next), WebJson.Default.ListAnswerTaskItem);
    }

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, TaskOperations operations, IRunStore store, WatchedSecrets secrets, IRunHost host, TimeProvider time)
    {
        var task = await PreferWait.UntilAsync(
            context,
            host,
            time,
            HumanTask.RunIdOf(id) ?? id,
            () => TaskCalls.FindAsync(context, operations, id),
            task => task.State.Status != TaskStatus.Pending);
        if (task is null)
        {
            return ApiProblem.NotFound("task");
        }

        var mask = await secrets.OfAsync(context, task);
        var stored = await store.ResponsesOfTaskAsync(id, context.RequestAborted);
        ResponseAnswer[] responses = [.. stored.Select(mask.Response).Select(ResponseAnswer.Of)];
        task = mask.Task(task);
        var several = task.Asked as Asked.Several;
        return TypedResults.Ok(new TaskAnswer(
            task.Id,
            task.RunId,
            task.Environment,
            WireNames.Of(task.Kind),
            task.RuleSet,
            task.Action,
            task.Question.Title,
            task.Question.Description,
            WireNames.Of(task.State.Status),
            WireNames.ReasonOf(task.State),
            task.Asked.Names,
            task.CorrelationId,
            task.History.CreatedAt,
            task.History.UpdatedAt,
            task.Schedule.DueAt,
            task.Schedule.ExpiresAt,
            task.Asked.Uses.Max,
            TaskView.Of(task).UsesLeft,
            task.Rights.AllowReject,
            task.Question.Context,
            task.Question.CurrentRound.Form,
            [.. task.Question.Rounds.Select(round => new RoundAnswer(
                round.Number, round.OpenedAt, round.Form, [.. responses.Where(response => response.Round == round.Number)]))],
            responses,
            [.. task.History.Timeline.Select(TimelineItem.Of)])
        {
            Defaulted = task.State.IsDefaulted,
            Assignees = several is null ? null : [.. several.Seats.Select(SeatItem.Of)],
            Need = several?.Need,
            Veto = several?.Veto,
            Candidates = several?.Candidates,
            ClaimedBy = several?.Claimed?.Assignee,
            NotBy = task.Rights.NotBy,
            Language = task.Question.Language,
            Mail = MailAnswer.Of(task),
            FromModel = task.Question.FromModel,
        });
    }

    private static async Task<IResult> SchemaAsync(string id, HttpContext context, TaskOperations operations, WatchedSecrets secrets) =>
        await TaskCalls.FindAsync(context, operations, id) is { } found
        && (await secrets.OfAsync(context, found)).Task(found) is var task
            ? TypedResults.Json(
                FormSchema.Of(task.Question.Form(), task.Question.Title), WebJson.Default.JsonObject, "application/schema+json")
            : ApiProblem.NotFound("task");

    private static async Task<IResult> FileAsync(
        string id, string fileId, HttpContext context, TaskOperations operations, IRunStore store, WatchedSecrets secrets, IFileStore files)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        var mask = await secrets.OfAsync(context, task);
        var responses = await store.ResponsesOfTaskAsync(id, context.RequestAborted);
        var file = responses
            .Select(mask.Response)
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

    private static async Task<IResult> CountsAsync(string? assignee, string? q, HttpContext context, IRunStore store) =>
        TypedResults.Ok(await TaskCounts.ReadAsync(
            store,
            new TaskQuery(context.User.EnvironmentId(), 1, Assignee: AssigneeOf(context, assignee), Text: NotEmpty(q))
            {
                VisibleTo = context.User.VisibleTo(),
                Watches = context.User.IsMember(),
            },
            context.RequestAborted));

    /// <summary>Returns the assignee to filter by; <c>me</c> is the calling member.</summary>
    private static string? AssigneeOf(HttpContext context, string? assignee) =>
        assignee == "me" && context.User.MemberAddress() is { } address ? address : NotEmpty(assignee);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
