using HumanTasks.Client;
using HumanTasks.Mcp.Tools;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanTasks.Web.Mcp;

/// <summary>
/// MCP at <c>/mcp</c>: streamable HTTP with an API key as bearer token. No state is kept between requests, so any
/// instance of a host can answer any of them. The question persists as a task, whose ID is its handle.
/// </summary>
internal static class McpEndpoint
{
    public static void AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<OwnApi>();
        services.AddScoped<Caller>();
        services.AddScoped(ClientOf);
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true).WithQuestionTools();
    }

    public static void MapMcpTools(this IEndpointRouteBuilder endpoints)
    {
        // created at the first call, because describing the tools takes longer than the rest of the start
        var pipeline = new Lazy<RequestDelegate>(() => Pipeline(endpoints.ServiceProvider));
        endpoints.MapPost("/mcp", async context =>
            {
                if (await StrictCalls.TryRefuseAsync(context))
                {
                    return;
                }

                context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would buffer progress until the end
                context.RequestServices.GetRequiredService<Caller>().Context = context;
                context.SetEndpoint(null);
                context.Request.RouteValues.Clear();
                await pipeline.Value(context);
            })
            .On(Surface.Tools)
            .WithMetadata(new RequestSizeLimitAttribute(endpoints.ServiceProvider.GetRequiredService<LimitOptions>().MaxBodyBytes))
            .WithMetadata(ForPrograms.Instance)
            .RequireAuthorization(Scopes.Tasks)
            .RequireAuthorization(Callers.KeyPolicy)
            .ExcludeFromDescription();
    }

    /// <summary>
    /// Refuses requests from other sites' pages, by their Origin (RFC 6454), and in development those with another
    /// Host. A site whose name resolves to this machine (DNS rebinding) could otherwise reach it from a browser.
    /// </summary>
    public static Task RefuseStrangersAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is null)
        {
            return next(context);
        }

        if (context.Request.Headers.Origin is { Count: > 0 } origins && !origins.All(origin => BrowserSecurity.IsOwnOrigin(context, origin)))
        {
            return ApiProblem.Of(
                StatusCodes.Status403Forbidden,
                "foreign-origin",
                "Origin not allowed",
                "Call MCP without the Origin header, or from this deployment's own address.").ExecuteAsync(context);
        }

        if (context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment() && !BrowserSecurity.IsOwnHost(context))
        {
            return ApiProblem.Of(
                StatusCodes.Status403Forbidden,
                "foreign-host",
                "Host not allowed",
                "In development, call MCP as localhost or at the host of HumanTasks:PublicBaseAddress.").ExecuteAsync(context);
        }

        return next(context);
    }

    private static RequestDelegate Pipeline(IServiceProvider services)
    {
        var inner = new ApplicationBuilder(services);
        inner.UseRouting();
        inner.UseEndpoints(endpoints => endpoints.MapMcp("/mcp"));
        return inner.Build();
    }

    private static HumanTasksClient ClientOf(IServiceProvider services)
    {
        var context = services.GetRequiredService<Caller>().Context ?? throw new InvalidOperationException("A tool is called outside a request.");
        var key = context.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        var http = new HttpClient(services.GetRequiredService<OwnApi>().For(context)) { Timeout = Timeout.InfiniteTimeSpan };
        return new HumanTasksClient(new Uri($"{context.Request.Scheme}://{context.Request.Host}"), key, http) { MaxAttempts = 2 };
    }

    /// <summary>The caller whose request a tool answers.</summary>
    private sealed class Caller
    {
        public HttpContext? Context { get; set; }
    }

    /// <summary>Marks an endpoint that no other site's page may call.</summary>
    private sealed class ForPrograms
    {
        public static readonly ForPrograms Instance = new();
    }
}
