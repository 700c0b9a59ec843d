using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of a task's comments and timeline.</summary>
internal static class TaskTalk
{
    public static void MapTaskTalk(this RouteGroupBuilder tasks)
    {
        tasks.MapGet("/{id}/timeline", TimelineAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("listTaskTimeline").Tagged()
            .WithSummary("Lists the activity of a task, oldest first.")
            .Produces<ListAnswer<TimelineItem>>();
        tasks.MapGet("/{id}/comments", CommentsAsync)
            .RequireAuthorization(Scopes.Tasks)
            .Operation("listTaskComments").Tagged()
            .WithSummary("Lists members' comments on a task, oldest first. Reviewers never see them.")
            .Produces<ListAnswer<CommentItem>>();
        tasks.MapPost("/{id}/comments", CommentAsync)
            .RequireAuthorization(Scopes.Respond)
            .Operation("createTaskComment", "too-many-comments")
            .WithSummary("Adds a comment to a task, visible to members only.")
            .Takes(CommentRequest.Body)
            .Produces<CommentItem>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> TimelineAsync(
        string id, HttpContext context, TaskOperations operations, TaskJournal journal, WatchedSecrets secrets)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        var mask = await secrets.OfAsync(context, task);
        var items = (await journal.TimelineAsync(task, context.RequestAborted)).Select(happened => TimelineItem.Of(mask.Event(happened)));
        return new ListResult<TimelineItem>(new ListAnswer<TimelineItem>([.. items], null), WebJson.Default.ListAnswerTimelineItem);
    }

    private static async Task<IResult> CommentsAsync(
        string id, HttpContext context, TaskOperations operations, TaskJournal journal, WatchedSecrets secrets)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        var mask = await secrets.OfAsync(context, task);
        var items = (await journal.CommentsAsync(task, context.RequestAborted))
            .Select(comment => CommentItem.Of(comment with { Text = mask.Text(comment.Text) }));
        return new ListResult<CommentItem>(new ListAnswer<CommentItem>([.. items], null), WebJson.Default.ListAnswerCommentItem);
    }

    private static async Task<IResult> CommentAsync(string id, HttpContext context, TaskOperations operations, TaskJournal journal)
    {
        var (request, problem) = await ApiRequest.ReadAsync(context, CommentRequest.Body);
        return request is null ? problem! : await AddCommentAsync(context, operations, journal, id, request.Text);
    }

    public static async Task<IResult> AddCommentAsync(
        HttpContext context, TaskOperations operations, TaskJournal journal, string id, string text)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return ApiProblem.NotFound("task");
        }

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var name = context.User.IsMember() ? context.User.Identity?.Name : null;
        return await journal.CommentAsync(
            Idempotency.IdFor(context, time), task, context.User.ActorName(), name ?? context.User.ActorName(), text, context.RequestAborted) is { } comment
                ? TypedResults.Created($"{context.Request.PathBase}/api/tasks/{id}/comments", CommentItem.Of(comment))
                : TaskCalls.Refused(context, new Verdict.TooManyComments(TaskView.Of(task), TaskJournal.MaxComments));
    }
}
