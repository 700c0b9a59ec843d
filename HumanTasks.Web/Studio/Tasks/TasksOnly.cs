using HumanTasks.Web.Api;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.Tasks;

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
