using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Api;

/// <summary>
/// The filter that returns 403 where human tasks are not enabled. An API key can still reach the task of an
/// intervention by its ID, because interventions exist in every environment.
/// </summary>
internal sealed class HumanTasksEnabled : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        (context.HttpContext.User.IsMember() || !context.HttpContext.Request.RouteValues.ContainsKey("id"))
        && TaskCalls.Disabled(context.HttpContext) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context);
}
