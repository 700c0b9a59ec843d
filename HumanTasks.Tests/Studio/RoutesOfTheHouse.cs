using HumanTasks.Web.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;

namespace HumanTasks.Tests.Studio;

/// <summary>The routes as the application itself has them, so that a test over all of them forgets none.</summary>
internal static class RoutesOfTheHouse
{
    /// <summary>Every route with its method, and whether it asks for authorization.</summary>
    public static IReadOnlyList<(Route Route, bool IsGuarded)> All { get; } = Read();

    /// <summary>Those that somebody must be authorized for.</summary>
    public static IEnumerable<Route> Guarded => All.Where(item => item.IsGuarded).Select(item => item.Route);

    private static List<(Route, bool)> Read()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanTasks:LinkKeys:0"] = Convert.ToBase64String(new byte[32]),
            ["HumanTasks:Environments:0:Id"] = "test",
        });
        builder.Services.AddHumanTasks(builder.Configuration);
        using var app = builder.Build();
        List<(Route, bool)> routes = [];
        ((IApplicationBuilder)app).UseHumanTasks(endpoints => routes.AddRange(
            from endpoint in endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            select (new Route(method, "/" + endpoint.RoutePattern.RawText!.Trim('/')), endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)));
        return routes;
    }
}
