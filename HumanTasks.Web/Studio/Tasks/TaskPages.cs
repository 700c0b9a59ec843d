using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The addresses of the queue and of the page of a task.</summary>
internal static class TaskPages
{
    public static void MapTaskPages(this RouteGroupBuilder studio)
    {
        var tasks = studio.MapGroup("/tasks").AddEndpointFilter<RouteGroupBuilder, TasksOnly>();
        tasks.MapQueuePages();
        tasks.MapBulkPages();
        tasks.MapTaskShownPages();
        tasks.MapTaskChangePages();
    }

    /// <summary>Returns the address of the queue.</summary>
    public static string ListPath(HttpContext context) =>
        $"{context.Request.PathBase}/studio/{context.User.EnvironmentId()}/tasks";

    /// <summary>Returns the address of a task's page.</summary>
    public static string PathOf(HttpContext context, string id) => $"{ListPath(context)}/{id}";

    /// <summary>Returns the list beside a task, which is in the task's address; null for a task alone.</summary>
    public static TaskFilter? ListBeside(HttpContext context) =>
        Workspace.Text(context.Request.Query["status"]) is null ? null : TaskFilter.Read(context.Request.Query);

    /// <summary>Returns the address of a task's page, beside the same list as this one.</summary>
    /// <param name="context">The request's context.</param>
    /// <param name="id">The task.</param>
    /// <param name="more">What else the query says, such as <c>said=reminded</c>.</param>
    public static string AddressOf(HttpContext context, string id, string more) => AddressOf(context, id, ListBeside(context), more);

    /// <summary>Returns the address of a task's page beside a list; null for none.</summary>
    public static string AddressOf(HttpContext context, string id, TaskFilter? beside, string more) =>
        PathOf(context, id) + (beside is null ? $"?{more}" : $"{beside.ToQueryString()}&{more}");
}
