using HumanTasks.Functions.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Http;

/// <summary>
/// One trigger an audience, so that each has its own figures and can have its own instances kept warm; all lead to the
/// one web pipeline. Anonymous: API keys and links guard the paths there.
/// </summary>
public sealed class HttpTriggers(InnerPipeline pipeline, TaskHub hub)
{
    /// <summary>Callers of the API.</summary>
    [Function("Api")]
    public Task ApiAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get", "head", "post", "put", "patch", "delete", "options",
            Route = "api/{**path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) => HandOverAsync(request, client);

    /// <summary>Reviewers, who come by a link.</summary>
    [Function("Review")]
    public Task ReviewAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{page:regex(^(review|task)$)}/{**path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) => HandOverAsync(request, client);

    /// <summary>Everybody else: the Studio, assets, health, the description of the API.</summary>
    [Function("Site")]
    public Task SiteAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{**path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) => HandOverAsync(request, client);

    private Task HandOverAsync(HttpRequest request, DurableTaskClient client)
    {
        hub.Use(client);
        return pipeline.InvokeAsync(request.HttpContext);
    }
}
