using HumanTasks.Core.Engine;
using HumanTasks.Core.Masking;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>Shows the page of a task: as it is, with what was typed, and with the reason why a change was refused.</summary>
internal sealed class TaskPageResults(
    TaskOperations operations, IRunStore store, TaskJournal journal, Members members, WatchedSecrets secrets, FormModels models, QueueReader queue, IEmailSender mail)
{
    /// <summary>Returns the page of a task, or 304 if the browser has the same one.</summary>
    public async Task<IResult> ShowAsync(HttpContext context, HumanTask task)
    {
        RequestLanguage.Prefer(context, task.Question);
        context.Features.Set(VisitOf(context, task, null));
        var form = context.User.May(Scopes.Respond) && TaskView.Answerable(task, context.User.MemberAddress()) is { } seen ? models.Of(context, seen) : null;
        var view = await ViewAsync(context, task, form);
        var beside = await BesideAsync(context, task.Id);
        return Workspace.Page<TaskPage>(
            context,
            $"{view.State}\n{beside?.State}",
            (nameof(TaskPage.View), view),
            (nameof(TaskPage.Beside), beside),
            (nameof(TaskPage.Members), members.In(task.Environment)),
            (nameof(TaskPage.Said), TaskSaying.Of(Workspace.Text(context.Request.Query["said"]), view.Task, mail)));
    }

    /// <summary>Returns the page with what was typed into its form.</summary>
    public IResult Again(HttpContext context, int status, TaskDetails view, QueueBeside? beside) => Workspace.Show<TaskPage>(
        context,
        status,
        (nameof(TaskPage.View), view),
        (nameof(TaskPage.Beside), beside),
        (nameof(TaskPage.Members), members.In(view.Task.Environment)));

    /// <summary>Returns to the page of a task after a change, or says why there was none.</summary>
    public async Task<IResult> DoneAsync(HttpContext context, string id, string said, IResult result) =>
        result is Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult refused
            ? await RefusedAsync(context, id, null, refused.ProblemDetails)
            : new SeeOther(TaskPages.AddressOf(context, id, $"said={said}"));

    /// <summary>Returns the current page with the reason why the change was refused.</summary>
    public async Task<IResult> RefusedAsync(HttpContext context, string id, string? why, ProblemDetails? refusal = null)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return Workspace.NotFound(context);
        }

        return Workspace.Show<TaskPage>(
            context,
            StatusCodes.Status409Conflict,
            (nameof(TaskPage.View), await ViewAsync(context, task, null)),
            (nameof(TaskPage.Beside), await BesideAsync(context, id)),
            (nameof(TaskPage.Members), members.In(task.Environment)),
            (nameof(TaskPage.Unsent), Unsent.Of(context)),
            (nameof(TaskPage.Problem), why ?? (refusal is null ? TaskRefusals.WhyOverInStudio(TaskView.Of(task)) : TaskRefusals.InStudio(refusal.Type, refusal.Detail, TaskView.Of(task)))));
    }

    /// <summary>Returns the content of a task's page; from now on its form uses the task's language.</summary>
    public async Task<TaskDetails> ViewAsync(HttpContext context, HumanTask task, FormModel? form)
    {
        RequestLanguage.Prefer(context, task.Question);
        var mask = await secrets.OfAsync(context, task);
        return new TaskDetails(
            mask.Task(task),
            [.. (await store.ResponsesOfTaskAsync(task.Id, context.RequestAborted)).Select(mask.Response)],
            [.. (await journal.TimelineAsync(task, context.RequestAborted)).Select(happened => mask.Event(happened))],
            [.. (await journal.CommentsAsync(task, context.RequestAborted)).Select(comment => comment with { Text = mask.Text(comment.Text) })],
            context.User.May(Scopes.Tasks) ? operations.LinkOf(TaskView.Of(task)) : null,
            form);
    }

    /// <summary>Returns the list beside a task; null for a task alone.</summary>
    public async Task<QueueBeside?> BesideAsync(HttpContext context, string id) =>
        TaskPages.ListBeside(context) is { } filter ? await queue.BesideAsync(context, filter, id, Workspace.Text(context.Request.Query["next"])) : null;

    /// <summary>Returns the visit of a member at the form of a task.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="task">The task.</param>
    /// <param name="beside">The list beside it, where a response is sent; null for none.</param>
    public static Visit VisitOf(HttpContext context, HumanTask task, QueueBeside? beside)
    {
        var page = TaskPages.PathOf(context, task.Id);
        return new Visit
        {
            Claim = null,
            Page = page,
            Send = $"{page}/answer{TaskPages.ListBeside(context)?.ToQueryString()}",
            Done = beside?.Next is not { } next ? TaskPages.AddressOf(context, task.Id, "said=answered")
                : context.Request.Query["then"] == "next" ? TaskPages.AddressOf(context, next.Id, next.Filter, "said=next")
                : TaskPages.AddressOf(context, task.Id, next.Filter, $"said=answered&next={next.Id}"),
            By = context.User.MemberAddress(),
            Verified = Verification.Session,
        };
    }
}
