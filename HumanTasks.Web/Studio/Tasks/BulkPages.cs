using HumanTasks.Core.Engine;
using HumanTasks.Core.People;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>Changes of several tasks at once.</summary>
internal static class BulkPages
{
    public static void MapBulkPages(this RouteGroupBuilder tasks) =>
        tasks.MapPost("/bulk", BulkAsync).RequireAuthorization(Scopes.Tasks).DisableAntiforgery();

    private static async Task<IResult> BulkAsync(HttpContext context, TaskOperations operations)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string[] ids = [.. form["ids"].OfType<string>().Take(BulkRequest.MaxIds)];
        var assignee = form["assignee"].ToString().Trim();
        var list = TaskPages.ListPath(context);
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

        var items = await TaskActions.AllAsync(
            context, operations, new BulkRequest(action, ids, TaskChangePages.Reason(form["reason"].ToString()), assignee));
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
}
