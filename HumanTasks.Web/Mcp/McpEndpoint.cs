using HumanTasks.Client;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Mcp.Tools;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Web.Mcp;

/// <summary>
/// MCP at <c>/mcp</c>: streamable HTTP, an API key as bearer. Nothing is kept between requests, so that any instance of a
/// host answers any of them; what lasts is the question, whose handle is its task.
/// </summary>
internal static class McpEndpoint
{
    public static void AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<OwnApi>();
        services.AddScoped<Caller>();
        services.AddScoped(ClientOf);
        services.AddScoped(DefaultsOf);
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true).WithTools<QuestionTools>(ToolJson.Options);
    }

    public static void MapMcpTools(this IEndpointRouteBuilder endpoints)
    {
        // made at the first call: describing the tools takes longer than the rest of a start
        var pipeline = new Lazy<RequestDelegate>(() => Pipeline(endpoints.ServiceProvider));
        endpoints.MapPost("/mcp", context =>
            {
                context.RequestServices.GetRequiredService<Caller>().Context = context;
                context.SetEndpoint(null);
                context.Request.RouteValues.Clear();
                return pipeline.Value(context);
            })
            .WithMetadata(new RequestSizeLimitAttribute(endpoints.ServiceProvider.GetRequiredService<LimitOptions>().MaxBodyBytes))
            .RequireAuthorization(Scopes.Tasks)
            .RequireAuthorization(Callers.KeyPolicy)
            .ExcludeFromDescription();
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
        var context = Context(services);
        var key = context.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim();
        var http = new HttpClient(services.GetRequiredService<OwnApi>().For(context)) { Timeout = Timeout.InfiniteTimeSpan };
        return new HumanTasksClient(new Uri($"{context.Request.Scheme}://{context.Request.Host}"), key, http) { MaxAttempts = 2 };
    }

    /// <summary>The first owner of the environment.</summary>
    private static QuestionDefaults DefaultsOf(IServiceProvider services)
    {
        var environment = Context(services).User.EnvironmentId();
        var owners = services.GetRequiredService<HumanTasksOptions>().Environments
            .Where(options => options.Id == environment)
            .SelectMany(options => options.Members)
            .Where(member => member.Role == Role.Owner && EmailAddresses.Are(member.Address));
        return new QuestionDefaults(owners.FirstOrDefault()?.Address);
    }

    private static HttpContext Context(IServiceProvider services) =>
        services.GetRequiredService<Caller>().Context ?? throw new InvalidOperationException("A tool is called outside a request.");

    /// <summary>Whose request a tool answers.</summary>
    private sealed class Caller
    {
        public HttpContext? Context { get; set; }
    }
}
