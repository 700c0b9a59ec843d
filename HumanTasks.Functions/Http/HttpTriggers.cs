using HumanTasks.Functions.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HumanTasks.Functions.Http;

/// <summary>
/// The HTTP triggers, one for each audience, so that each has its own metrics and its own instances kept warm. All lead
/// to the one web pipeline. They are anonymous: API keys and links protect the paths there.
/// </summary>
public sealed class HttpTriggers(InnerPipeline pipeline, TaskHub hub)
{
    /// <summary>Handles requests to the API.</summary>
    [Function("Api")]
    public Task ApiAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get", "head", "post", "put", "patch", "delete", "options",
            Route = "api/{**path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) => HandOverAsync(request, client);

    /// <summary>Handles requests of reviewers, who follow a link.</summary>
    [Function("Review")]
    public Task ReviewAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{page:regex(^(review|task)$)}/{**path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) => HandOverAsync(request, client);

    /// <summary>Handles all other requests: the Studio, assets, health and the API description.</summary>
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
