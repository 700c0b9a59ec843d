using System.Globalization;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TaskStatus = HumanTasks.Core.Tasks.TaskStatus;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>Changes of several tasks at once: a page that asks, with their number, and one with a result for each.</summary>
internal static class BulkPages
{
    /// <summary>The maximum number of tasks at once.</summary>
    public const int MaxTasks = 1_000;

    private const int MaxBack = 3000;

    public static void MapBulkPages(this RouteGroupBuilder tasks)
    {
        tasks.MapPost("/bulk/confirm", ConfirmAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
        tasks.MapPost("/bulk", BulkAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, TaskOperations operations, QueueReader reader, Members members)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = Back(context, form);
        IReadOnlyList<HumanTask> tasks = form["all"] == "true"
            ? await AllThatMatchAsync(context, reader, back)
            : await FindAsync(context, operations, IdsOf(form));
        if (tasks.Count is 0 or > MaxTasks || ActionOf(form) is not { } action)
        {
            return Workspace.Say(
                context,
                StatusCodes.Status422UnprocessableEntity,
                "NothingChanged",
                tasks.Count == 0 ? "SelectOneTask" : tasks.Count > MaxTasks ? "SelectFewerTasks" : "ChooseAction");
        }

        return Ask(context, members, new BulkChange(action, tasks, back));
    }

    private static async Task<IResult> BulkAsync(HttpContext context, TaskOperations operations, Members members)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var ids = IdsOf(form);
        var assignee = form["assignee"].ToString().Trim();
        if (ids.Count is 0 or > MaxTasks || ActionOf(form) is not { } action)
        {
            return Workspace.Say(
                context,
                StatusCodes.Status422UnprocessableEntity,
                "NothingChanged",
                ids.Count == 0 ? "SelectOneTask" : ids.Count > MaxTasks ? "SelectFewerTasks" : "ChooseAction");
        }

        if (action == BulkRequest.Reassign && TypedAssignee.Problem(assignee) is { } problem)
        {
            return Ask(context, members, new BulkChange(action, await FindAsync(context, operations, ids), Back(context, form)) { Problem = problem, Typed = assignee });
        }

        var request = new BulkRequest(action, ids, TaskChangePages.Reason(form["reason"].ToString()), assignee) { Known = KnownOf(form, ids) };
        var items = await TaskActions.AllAsync(context, operations, request);
        return Workspace.Show<BulkPage>(
            context,
            StatusCodes.Status200OK,
            (nameof(BulkPage.Items), items),
            (nameof(BulkPage.Tasks), (await FindAsync(context, operations, ids)).ToDictionary(task => task.Id, StringComparer.Ordinal)),
            (nameof(BulkPage.Back), Back(context, form)));
    }

    private static IResult Ask(HttpContext context, Members members, BulkChange change) => Workspace.Show<BulkConfirmPage>(
        context,
        change.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        (nameof(BulkConfirmPage.Change), change),
        (nameof(BulkConfirmPage.Members), members.In(context.User.EnvironmentId())));

    /// <summary>Returns the pending tasks of the list that the member came from, at most one more than the maximum.</summary>
    private static async Task<IReadOnlyList<HumanTask>> AllThatMatchAsync(HttpContext context, QueueReader reader, string back)
    {
        List<HumanTask> tasks = [];
        var filter = TaskFilter.Read(back[TaskPages.ListPath(context).Length..]) with { Status = TaskStatus.Pending, Columns = [] };
        await foreach (var (task, _) in reader.AllAsync(context, filter))
        {
            tasks.Add(task);
            if (tasks.Count > MaxTasks)
            {
                break;
            }
        }

        return tasks;
    }

    private static async Task<IReadOnlyList<HumanTask>> FindAsync(HttpContext context, TaskOperations operations, IReadOnlyList<string> ids)
    {
        List<HumanTask> tasks = [];
        foreach (var id in ids.Take(MaxTasks + 1))
        {
            if (await TaskCalls.FindAsync(context, operations, id) is { } task)
            {
                tasks.Add(WatchedSecrets.InList(context, task));
            }
        }

        return tasks;
    }

    private static string? ActionOf(IFormCollection form) =>
        form["action"].ToString() is BulkRequest.Cancel or BulkRequest.Reassign or BulkRequest.Remind ? form["action"].ToString() : null;

    // boxes send one each, the page that asks sends all in one field: forms have a maximum number of fields
    private static IReadOnlyList<string> IdsOf(IFormCollection form) =>
        [.. form["ids"].OfType<string>().SelectMany(ids => ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    private static IReadOnlyDictionary<string, int>? KnownOf(IFormCollection form, IReadOnlyList<string> ids)
    {
        var counts = form["known"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return counts.Length != ids.Count ? null : ids.Zip(counts)
            .Select(pair => (Id: pair.First, Count: int.TryParse(pair.Second, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1))
            .Where(pair => pair.Count >= 0)
            .ToDictionary(pair => pair.Id, pair => pair.Count, StringComparer.Ordinal);
    }

    private static string Back(HttpContext context, IFormCollection form)
    {
        var list = TaskPages.ListPath(context);
        return form["back"].ToString() is { Length: > 0 and < MaxBack } given && (given == list || given.StartsWith($"{list}?", StringComparison.Ordinal))
            ? given
            : list;
    }
}
