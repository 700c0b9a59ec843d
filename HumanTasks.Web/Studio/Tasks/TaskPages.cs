using HumanTasks.Core.Engine;
using HumanTasks.Core.Links;
using HumanTasks.Core.Masking;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Review;
using HumanTasks.Web.Review.Receipts;
using HumanTasks.Web.Review.Refusals;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Studio.Shell;
using HumanTasks.Web.Texts;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The list of tasks and the page of a task. Changes use the same code as the API.</summary>
internal static class TaskPages
{
    private const string Remembered = "ht-tasks";

    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(180);

    private static readonly Dictionary<string, string> Sayings = new(StringComparer.Ordinal)
    {
        ["answered"] = "SaidAnswered",
        ["reassigned"] = "SaidReassigned",
        ["reminded"] = "SaidReminded",
        ["reissued"] = "SaidReissued",
        ["cancelled"] = "SaidCancelled",
        ["claimed"] = "SaidClaimed",
        ["released"] = "SaidReleased",
        ["commented"] = "SaidCommented",
    };

    public static void MapTaskPages(this RouteGroupBuilder studio)
    {
        var tasks = studio.MapGroup("/tasks").AddEndpointFilter<RouteGroupBuilder, TasksOnly>();
        tasks.MapMethods("", ["GET", "HEAD"], ListAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapPost("/bulk", BulkAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapMethods("/{id}", ["GET", "HEAD"], ShowAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/shown/{field}", ["GET", "HEAD"], ShowFileAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/responses/{responseId}/receipt.html", ["GET", "HEAD"], PrintAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapMethods("/{id}/responses/{responseId}/receipt.json", ["GET", "HEAD"], SignedAsync).RequireAuthorization(Scopes.Tasks);
        tasks.MapPost("/{id}/answer", AnswerAsync).RequireAuthorization(Scopes.Respond).CheckingTokenItself();
        tasks.MapPost("/{id}/comments", CommentAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/cancel", CancelAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/claim", ClaimAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/release", ReleaseAsync).RequireAuthorization(Scopes.Respond).DisableAntiforgery();
        tasks.MapPost("/{id}/reassign", ReassignAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/remind", RemindAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/{id}/link", LinkAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore store, Members members, TimeProvider time)
    {
        if (context.Request.Query.Count == 0 && context.Request.Cookies[Remembered] is { Length: > 0 and < 500 } before && before[0] == '?')
        {
            return SeeOther(context, ListPath(context) + TaskFilter.Read(ParseQuery(before)).ToQueryString());
        }

        var environment = context.User.EnvironmentId();
        var filter = TaskFilter.Read(context.Request.Query);
        var query = filter.ToQuery(context, environment);
        var counts = TaskCounts.ReadAsync(store, query with { Status = null, Cursor = null }, context.RequestAborted);
        var page = await store.ListTasksAsync(query, context.RequestAborted);
        context.Response.Cookies.Append(Remembered, (filter with { Cursor = null }).ToQueryString(), new CookieOptions
        {
            HttpOnly = true,
            MaxAge = RememberedFor,
            Path = ListPath(context),
            SameSite = SameSiteMode.Lax,
        });
        var now = time.GetUtcNow();
        var state = string.Join('\n', page.Items.Select(task => FormattableString.Invariant(
            $"{task.Id} {task.Version} {task.State.IsPending && task.DueAt < now}"))) + $"\n{await counts}\n{page.Next}";
        return Workspace.Page<TaskListPage>(
            context,
            state,
            (nameof(TaskListPage.Filter), filter),
            (nameof(TaskListPage.Items), page.Items.Select(task => WatchedSecrets.InList(context, task)).ToArray()),
            (nameof(TaskListPage.Counts), await counts),
            (nameof(TaskListPage.Members), members.In(environment)),
            (nameof(TaskListPage.Next), page.Next),
            (nameof(TaskListPage.Now), now));
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members, FormModels models)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return Workspace.NotFound(context);
        }

        RequestLanguage.Prefer(context, task);
        var visit = VisitOf(context, task);
        context.Features.Set(visit);
        var form = context.User.May(Scopes.Respond) && task.AnswerableBy(context.User.MemberAddress()) is { } seen ? models.Of(context, seen) : null;
        var view = await ViewAsync(context, operations, store, journal, task, form);
        return Workspace.Page<TaskPage>(
            context,
            view.State,
            (nameof(TaskPage.View), view),
            (nameof(TaskPage.Members), members.In(task.Environment)),
            (nameof(TaskPage.Said), Sayings.TryGetValue(context.Request.Query["said"].ToString(), out var said) ? StudioTexts.Get(said) : null));
    }

    private static async Task<IResult> ShowFileAsync(string id, string field, HttpContext context, TaskOperations operations, ShownFiles shown) =>
        await TaskCalls.FindAsync(context, operations, id) is { } task
        && (await context.RequestServices.GetRequiredService<WatchedSecrets>().OfAsync(context, task)).IsEmpty
            ? await shown.ServeAsync(context, task, field)
            : Workspace.NotFound(context);

    private static async Task<IResult> PrintAsync(
        string id, string responseId, HttpContext context, TaskOperations operations, IRunStore store, Brands brands, PublicBaseAddress address) =>
        await FindReceiptAsync(context, operations, store, id, responseId) is var (task, response)
            ? ReviewAnswers.Print(
                context,
                new Receipt(task, response, new LiveState(RunStatus.Completed), Workspace.Of(context).Environment!.DisplayName)
                {
                    Brand = await brands.OfAsync(task.Environment, context.RequestAborted),
                },
                $"{PathOf(context, id)}/responses/{responseId}/receipt.json",
                address,
                hasLanguages: false)
            : Workspace.NotFound(context);

    private static async Task<IResult> SignedAsync(string id, string responseId, HttpContext context, TaskOperations operations, IRunStore store)
    {
        if (await FindReceiptAsync(context, operations, store, id, responseId) is not var (_, response))
        {
            return Workspace.NotFound(context);
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=receipt-{response.Id}.json";
        return TypedResults.Json(ReceiptItem.Of(response), WebJson.Default.ReceiptItem);
    }

    /// <summary>
    /// Returns the data of a receipt; null if the receipt signs something that the member may not see.
    /// </summary>
    private static async Task<(HumanTask Task, HumanResponse Response)?> FindReceiptAsync(
        HttpContext context, TaskOperations operations, IRunStore store, string id, string responseId)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return null;
        }

        RequestLanguage.Prefer(context, task);
        var mask = await context.RequestServices.GetRequiredService<WatchedSecrets>().OfAsync(context, task);
        var response = (await store.ResponsesOfTaskAsync(id, context.RequestAborted)).FirstOrDefault(one => one.Id == responseId);
        return response is not null && mask.Response(response) is { Receipt: not null } seen ? (mask.Task(task), seen) : null;
    }

    private static async Task<IResult> AnswerAsync(
        string id,
        HttpContext context,
        TaskOperations operations,
        IRunStore store,
        TaskJournal journal,
        Members members,
        Submitting submitting,
        IAntiforgery antiforgery)
    {
        // forms are checked where the entered values can be shown again; programs have no such page, so they are
        // checked here
        if (context.Request.WantsJson() && !await antiforgery.IsOursAsync(context))
        {
            return ApiProblem.Malformed("The antiforgery token is missing or invalid. Reload the page and try again.");
        }

        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return Workspace.NotFound(context);
        }

        var around = await ViewAsync(context, operations, store, journal, task, null);
        var rendered = false;
        context.Features.Set(VisitOf(context, task) with
        {
            Render = (model, status) =>
            {
                rendered = true;
                return Workspace.Show<TaskPage>(
                    context, status, (nameof(TaskPage.View), around with { Form = model }), (nameof(TaskPage.Members), members.In(task.Environment)));
            },
        });
        var result = await submitting.SubmitAsync(
            context, ClaimOf(task.SeenBy(context.User.MemberAddress())), context.RequestAborted);
        return rendered || result is SeeOther
            ? result
            : await RefusedAsync(
                context, operations, store, journal, members, id, null,
                context.Features.Get<Verdict.Refused>() is { } verdict ? TaskCalls.Refused(context, verdict).ProblemDetails : null);
    }

    private static async Task<IResult> CommentAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members)
    {
        var text = (await FieldAsync(context, "text")).Trim();
        return text.Length is 0 or > TaskJournal.MaxComment
            ? await RefusedAsync(context, operations, store, journal, members, id, StudioTexts.Count("EnterComment", TaskJournal.MaxComment))
            : await DoneAsync(
                context, operations, store, journal, members, id, "commented", await TaskTalk.AddCommentAsync(context, operations, journal, id, text));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members)
    {
        var reason = await FieldAsync(context, "reason");
        var result = await TaskActions.CancelOneAsync(context, operations, id, reason.Length > 0 ? Cut(reason) : null);
        return await DoneAsync(context, operations, store, journal, members, id, "cancelled", result);
    }

    private static async Task<IResult> ReassignAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members)
    {
        var assignee = (await FieldAsync(context, "assignee")).Trim();
        return TypedAssignee.Problem(assignee) is { } problem
            ? await RefusedAsync(context, operations, store, journal, members, id, problem)
            : await DoneAsync(
                context, operations, store, journal, members, id, "reassigned",
                await TaskActions.ReassignOneAsync(context, operations, id, assignee, await FieldAsync(context, "from") is { Length: > 0 } from ? from : null));
    }

    private static async Task<IResult> ClaimAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members) =>
        await DoneAsync(context, operations, store, journal, members, id, "claimed", await TaskActions.ClaimOneAsync(context, operations, id, null));

    private static async Task<IResult> ReleaseAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members) =>
        await DoneAsync(context, operations, store, journal, members, id, "released", await TaskActions.ReleaseOneAsync(context, operations, id, null));

    private static async Task<IResult> RemindAsync(
        string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members) =>
        await DoneAsync(
            context, operations, store, journal, members, id, "reminded", await TaskActions.RemindAsync(id, context, operations));

    private static async Task<IResult> LinkAsync(string id, HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, Members members) =>
        await DoneAsync(context, operations, store, journal, members, id, "reissued", await TaskActions.LinkOneAsync(context, operations, id, null));

    private static async Task<IResult> BulkAsync(HttpContext context, TaskOperations operations)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string[] ids = [.. form["ids"].OfType<string>().Take(BulkRequest.MaxIds)];
        var assignee = form["assignee"].ToString().Trim();
        var list = ListPath(context);
        var back = form["back"].ToString() is { Length: > 0 and < 1000 } given && (given == list || given.StartsWith($"{list}?", StringComparison.Ordinal))
            ? given
            : list;
        var action = form["action"].ToString() is BulkRequest.Cancel or BulkRequest.Reassign or BulkRequest.Remind ? form["action"].ToString() : null;
        if (ids.Length == 0 || action is null || (action == BulkRequest.Reassign && PersonAddress.Of(assignee) is null))
        {
            return Workspace.Say(
                context,
                StatusCodes.Status422UnprocessableEntity,
                "NothingChanged",
                ids.Length == 0 ? "SelectOneTask"
                    : action is null ? "ChooseAction"
                    : assignee.Length == 0 ? "EnterAssignee"
                    : "EnterOneAddress");
        }

        var reason = Cut(form["reason"].ToString());
        var items = await TaskActions.AllAsync(
            context, operations, new BulkRequest(action, ids, reason.Length > 0 ? reason : null, assignee));
        Dictionary<string, HumanTask> tasks = new(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await TaskCalls.FindAsync(context, operations, id) is { } task)
            {
                tasks[id] = WatchedSecrets.InList(context, task);
            }
        }

        return Workspace.Show<BulkPage>(
            context,
            StatusCodes.Status200OK,
            (nameof(BulkPage.Items), items),
            (nameof(BulkPage.Tasks), tasks),
            (nameof(BulkPage.Back), back));
    }

    private static async Task<IResult> DoneAsync(
        HttpContext context,
        TaskOperations operations,
        IRunStore store,
        TaskJournal journal,
        Members members,
        string id,
        string said,
        IResult result) =>
        result is ProblemHttpResult refused
            ? await RefusedAsync(context, operations, store, journal, members, id, null, refused.ProblemDetails)
            : SeeOther(context, $"{PathOf(context, id)}?said={said}");

    /// <summary>Returns the current page with the reason why the change was refused.</summary>
    private static async Task<IResult> RefusedAsync(
        HttpContext context,
        TaskOperations operations,
        IRunStore store,
        TaskJournal journal,
        Members members,
        string id,
        string? why,
        ProblemDetails? refusal = null)
    {
        if (await TaskCalls.FindAsync(context, operations, id) is not { } task)
        {
            return Workspace.NotFound(context);
        }

        return Workspace.Show<TaskPage>(
            context,
            StatusCodes.Status409Conflict,
            (nameof(TaskPage.View), await ViewAsync(context, operations, store, journal, task, null)),
            (nameof(TaskPage.Members), members.In(task.Environment)),
            (nameof(TaskPage.Unsent), Unsent.Of(context)),
            (nameof(TaskPage.Problem), why ?? (refusal is null ? TaskRefusals.WhyOverInStudio(task) : TaskRefusals.InStudio(refusal.Type, refusal.Detail, task))));
    }

    /// <summary>Returns the content of a task's page; from now on its form uses the task's language.</summary>
    private static async Task<TaskView> ViewAsync(
        HttpContext context, TaskOperations operations, IRunStore store, TaskJournal journal, HumanTask task, FormModel? form)
    {
        RequestLanguage.Prefer(context, task);
        var mask = await context.RequestServices.GetRequiredService<WatchedSecrets>().OfAsync(context, task);
        return new TaskView(
            mask.Task(task),
            [.. (await store.ResponsesOfTaskAsync(task.Id, context.RequestAborted)).Select(mask.Response)],
            [.. (await journal.TimelineAsync(task, context.RequestAborted)).Select(happened => mask.Event(happened))],
            [.. (await journal.CommentsAsync(task, context.RequestAborted)).Select(comment => comment with { Text = mask.Text(comment.Text) })],
            context.User.May(Scopes.Tasks) ? operations.LinkOf(task) : null,
            form);
    }

    private static LinkClaim ClaimOf(HumanTask task) => new(task.RunId, task.Action, task.Generation, task.Seat?.Number ?? 0);

    private static Visit VisitOf(HttpContext context, HumanTask task)
    {
        var page = PathOf(context, task.Id);
        return new Visit
        {
            Claim = null,
            Page = page,
            Send = $"{page}/answer",
            Done = $"{page}?said=answered",
            By = context.User.MemberAddress(),
            Verified = Verification.Session,
        };
    }

    private static string ListPath(HttpContext context) =>
        $"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/tasks";

    private static string PathOf(HttpContext context, string id) => $"{ListPath(context)}/{id}";

    private static async Task<string> FieldAsync(HttpContext context, string name) =>
        (await context.Request.ReadFormAsync(context.RequestAborted))[name].ToString();

    private static string Cut(string reason) => reason.Length <= 1000 ? reason : reason[..1000];

    private static SeeOther SeeOther(HttpContext context, string address) => new(address);

    private static QueryCollection ParseQuery(string query) =>
        new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));
}

/// <summary>A filter that shows a message where human tasks are not enabled.</summary>
internal sealed class TasksOnly : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        TaskCalls.Disabled(context.HttpContext) is null
            ? next(context)
            : ValueTask.FromResult<object?>(Workspace.Say(
                context.HttpContext,
                StatusCodes.Status403Forbidden,
                "TasksOff",
                "TasksOffText"));
}
