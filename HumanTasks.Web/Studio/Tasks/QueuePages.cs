using HumanTasks.Core.Ports;
using HumanTasks.Web.Api;
using HumanTasks.Web.Review.Visits;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The list of tasks.</summary>
internal static class QueuePages
{
    private const string Remembered = "ht-tasks";

    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(180);

    public static void MapQueuePages(this RouteGroupBuilder tasks) =>
        tasks.MapMethods("", ["GET", "HEAD"], ListAsync).RequireAuthorization(Scopes.Tasks);

    private static async Task<IResult> ListAsync(HttpContext context, IRunStore store, Members members, TimeProvider time)
    {
        if (context.Request.Query.Count == 0 && context.Request.Cookies[Remembered] is { Length: > 0 and < 500 } before && before[0] == '?')
        {
            return new SeeOther(TaskPages.ListPath(context) + TaskFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(before))).ToQueryString());
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
            Path = TaskPages.ListPath(context),
            SameSite = SameSiteMode.Lax,
        });
        var now = time.GetUtcNow();
        var state = string.Join('\n', page.Items.Select(task => FormattableString.Invariant(
            $"{task.Id} {task.History.Version} {task.State.IsPending && task.Schedule.DueAt < now}"))) + $"\n{await counts}\n{page.Next}";
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
}
