using HumanTasks.Web.Security;
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
}
