using System.Reflection;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Hosting;
using HumanTasks.Functions.Http;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Sweeping;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;

namespace HumanTasks.Tests.Functions;

public sealed class HandingRequestsOver : IDisposable
{
    private readonly WebApplication app;
    private readonly DurableTaskClient client = new Mock<DurableTaskClient>("hub").Object;
    private readonly IServiceScope scope;

    public HandingRequestsOver()
    {
        app = Compose(("HumanTasks:PublicBaseAddress", "https://tasks.example.com"));
        scope = app.Services.CreateScope();
    }

    public void Dispose()
    {
        scope.Dispose();
        ((IDisposable)app).Dispose();
    }

    [Theory]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("HEAD", "/health/live", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/api/runs", 401)]
    [InlineData("GET", "/nothing/here", 404)]
    public async Task The_web_pipeline_answers_and_not_the_endpoint_that_the_outer_router_chose(
        string method, string path, int status)
    {
        var context = Request(method, path);

        await Triggers().SiteAsync(context.Request, client);

        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task The_durable_client_is_there_before_the_request_is_answered()
    {
        var hub = app.Services.GetRequiredService<TaskHub>();

        await Triggers().ApiAsync(Request("GET", "/api/runs").Request, client);

        Assert.Same(client, hub.Client);
    }

    [Fact]
    public async Task Scheme_and_host_are_those_of_the_public_address_whatever_a_hop_or_a_caller_says()
    {
        var context = Request("GET", "/health/live");
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("evil.example");

        await Triggers().ReviewAsync(context.Request, client);

        Assert.Equal("https", context.Request.Scheme);
        Assert.Equal("tasks.example.com", context.Request.Host.Value);
    }

    [Fact]
    public async Task Callers_are_told_apart_by_what_the_front_end_wrote_and_not_by_what_they_wrote_themselves()
    {
        using var limited = Compose(
            ("HumanTasks:PublicBaseAddress", "https://tasks.example.com"),
            ("HumanTasks:Limits:RefusalsPerMinute", "3"),
            ("HumanTasks:Proxies:KnownNetworks:0", "192.0.2.0/24")); // of a front door before it; loopback stays what hands over
        var triggers = ActivatorUtilities.CreateInstance<HttpTriggers>(limited.Services);
        async Task<int> OpenAsync(string forwarded)
        {
            using var inner = limited.Services.CreateScope();
            var context = Request("GET", "/review/AAAAAAAA");
            context.RequestServices = inner.ServiceProvider;
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
            context.Request.Headers["X-Forwarded-For"] = forwarded;
            context.Request.Headers["X-Forwarded-Proto"] = "ftp";
            context.Request.Headers.Accept = "application/json";
            await triggers.ReviewAsync(context.Request, client);
            Assert.Equal("https", context.Request.Scheme);
            return context.Response.StatusCode;
        }

        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            statuses.Add(await OpenAsync($"198.51.100.{i}, 203.0.113.1:4711"));
        }

        Assert.Contains(429, statuses); // the fourth of a minute
        Assert.Equal(404, await OpenAsync("203.0.113.1, 203.0.113.2:4711"));
        Assert.Equal(404, await OpenAsync("203.0.113.1, 203.0.113.3, 192.0.2.9:443"));
    }

    [Theory]
    [InlineData("/api/runs", "Api")]
    [InlineData("/api", "Api")]
    [InlineData("/review/token", "Review")]
    [InlineData("/task/token/code", "Review")]
    [InlineData("/tasks", "Site")]
    [InlineData("/reviewers/list", "Site")]
    [InlineData("/assets/site.css", "Site")]
    [InlineData("/", "Site")]
    public async Task Each_audience_has_its_trigger(string path, string function)
    {
        string? reached = null;
        var outer = new ApplicationBuilder(app.Services);
        outer.UseRouting();
        outer.UseEndpoints(endpoints =>
        {
            foreach (var (name, trigger) in HttpFunctions())
            {
                endpoints.MapMethods($"/{trigger.Route}", trigger.Methods!, _ =>
                {
                    reached = name;
                    return Task.CompletedTask;
                });
            }
        });
        var context = Request("HEAD", path);
        context.SetEndpoint(null);

        await outer.Build()(context);

        Assert.Equal(function, reached);
    }

    [Fact]
    public void Every_trigger_is_anonymous_takes_HEAD_and_has_a_route_that_the_host_can_read()
    {
        Assert.Equal(3, HttpFunctions().Count);
        foreach (var (_, trigger) in HttpFunctions())
        {
            Assert.Equal(AuthorizationLevel.Anonymous, trigger.AuthLevel);
            Assert.Contains("head", trigger.Methods!);
            Assert.Contains(TemplateParser.Parse(trigger.Route!).Parameters, parameter => parameter.IsCatchAll);
        }
    }

    [Fact]
    public void Without_a_public_address_the_host_does_not_start_and_says_what_to_set()
    {
        using var nameless = Compose();

        var refusal = Assert.Throws<OptionsValidationException>(
            () => nameless.Services.GetRequiredService<IOptions<HumanTasksOptions>>().Value);

        Assert.Contains("HumanTasks:PublicBaseAddress", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tasks.azurewebsites.net", "https://tasks.azurewebsites.net/")]
    [InlineData("localhost:7071", "http://localhost:7071/")]
    public void The_platform_s_own_name_serves_until_one_is_configured(string hostName, string address)
    {
        using var own = Compose(("WEBSITE_HOSTNAME", hostName));

        Assert.Equal(address, own.Services.GetRequiredService<PublicBaseAddress>().Get().ToString());
    }

    [Fact]
    public void Everything_a_function_needs_is_registered()
    {
        foreach (var type in new[] { typeof(HttpTriggers), typeof(Advance), typeof(Sweeper) })
        {
            Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type));
        }
    }

    private HttpTriggers Triggers() => ActivatorUtilities.CreateInstance<HttpTriggers>(scope.ServiceProvider);

    private DefaultHttpContext Request(string method, string path)
    {
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.RouteValues["path"] = "of the outer router";
        context.Response.Body = new MemoryStream();
        context.SetEndpoint(new Endpoint(
            _ => throw new InvalidOperationException("The outer endpoint again."),
            EndpointMetadataCollection.Empty,
            "function"));
        return context;
    }

    private static List<(string Name, HttpTriggerAttribute Trigger)> HttpFunctions() =>
    [
        .. from method in typeof(HttpTriggers).GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!),
    ];

    private static WebApplication Compose(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanTasks:LinkKeys:0"] = Convert.ToBase64String(new byte[32]),
            ["HumanTasks:Environments:0:Id"] = "test",
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(Mock.Of<IRunStore>());
        builder.Services.AddSingleton(Mock.Of<IRunIndex>());
        builder.Services.AddSingleton(Mock.Of<IRuleSetStore>());
        builder.Services.AddSingleton(Mock.Of<IIdempotencyStore>());
        builder.Services.AddSingleton(Mock.Of<IDocumentStore>());
        builder.Services.AddSingleton(Mock.Of<IFileStore>());
        builder.Services.AddSingleton(Mock.Of<IEmailSender>());
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDurableRuns(builder.Configuration).AddHumanTasks(builder.Configuration);
        return builder.Build();
    }
}
