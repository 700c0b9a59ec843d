using HumanTasks.Client;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Mcp.Tools;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        services.AddHttpContextAccessor();
        services.AddScoped(ClientOf);
        services.AddScoped(DefaultsOf);
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true).WithTools<QuestionTools>();
    }

    public static void MapMcpTools(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMcp("/mcp").RequireAuthorization(Scopes.Tasks).RequireAuthorization(Callers.KeyPolicy).ExcludeFromDescription();

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
        services.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("A tool is called outside a request.");
}
