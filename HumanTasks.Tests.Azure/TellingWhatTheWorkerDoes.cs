using System.Text.Json.Nodes;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Engine.Turns;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Hosting;
using HumanTasks.Functions.Http;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Sweeping;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace HumanTasks.Tests.Functions;

/// <summary>Traces, metrics and logs of the worker behind the host's front, as a collector gets them by OTLP.</summary>
public sealed class TellingWhatTheWorkerDoes : IAsyncLifetime
{
    private const string Link = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    private readonly Collector collector = new();
    private readonly string key = ApiKeys.New();
    private readonly Uri address = HostProcess.FreeAddress();
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        await collector.StartAsync();
        app = Worker(collector.Receive(new HostSettings()).With("OTEL_SERVICE_NAME", "asking-on-azure"));
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task No_link_code_or_key_is_in_spans_or_logs_however_its_path_is_written()
    {
        using var http = new HttpClient { BaseAddress = address };
        foreach (var path in new[]
                 {
                     $"/review/{Link}", $"/REVIEW/{Link}", $"//review/{Link}", $"/review%2F{Link}", $"/review/{Link}/x?token={Link}",
                     $"/task/{Link}", $"/task/{Link}/verify?code=135790", $"/studio/sign-in/link/{Link}", $"/api/runs?key={key}", $"/nothing/{Link}",
                 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address.GetLeftPart(UriPartial.Authority) + path);
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await http.SendAsync(request);
        }

        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Sample.Library");
        log.LogWarning("Request {Path} of {Address} with {Key} failed", $"/review/{Link}", new Uri(address, $"/TASK/{Link}"), key);
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics")
            .LogInformation("Request starting GET {Path}", $"/elsewhere/{Link}");
        await app.StopAsync();
        await app.DisposeAsync(); // which sends what is left

        Assert.Contains("/review/{token}", collector.Received, StringComparison.Ordinal);
        Assert.Contains("Sample.Library", collector.Received, StringComparison.Ordinal);
        Assert.All(
            new[] { Link, key, "135790" },
            secret => Assert.DoesNotContain(secret, collector.Received, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_request_is_told_although_the_host_in_front_did_not_sample_it()
    {
        using var http = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");

        using var answer = await http.SendAsync(request);
        await app.StopAsync();
        await app.DisposeAsync();

        Assert.Contains("GET /health/live", collector.Received, StringComparison.Ordinal);
        Assert.Contains("asking-on-azure", collector.Received, StringComparison.Ordinal);
        Assert.DoesNotMatch("service\\.name.{1,6}humantasks", collector.Received);
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("host.dts.json")]
    public async Task Effects_of_all_kinds_leave_a_quarter_of_the_activities_to_other_turns(string file)
    {
        var host = JsonNode.Parse(await Repository.ReadAsync(file))!;
        var activities = host["extensions"]!["durableTask"]!["maxConcurrentActivityFunctions"]!.GetValue<int>();

        Assert.InRange(Enum.GetValues<EffectKind>().Sum(kind => ActivityLimits.Of(kind).OfKind), 1, activities * 3 / 4);
        Assert.Equal(16, app.Services.GetRequiredService<EngineOptions>().EffectLimits(EffectKind.Http).OfKind);
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("host.dts.json")]
    public async Task The_host_has_no_exporter_and_collects_no_requests_by_itself(string file)
    {
        var host = JsonNode.Parse(await Repository.ReadAsync(file))!;
        var insights = host["logging"]!["applicationInsights"]!;

        Assert.Null(host["telemetryMode"]); // OpenTelemetry there sends url.path and url.full to any collector
        Assert.False(insights["enableDependencyTracking"]!.GetValue<bool>());
        Assert.False(insights["enableLiveMetrics"]!.GetValue<bool>());
        Assert.False(insights["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!.GetValue<bool>());
        Assert.Equal("None", host["logging"]!["logLevel"]!["Host.Results"]!.GetValue<string>());
    }

    /// <summary>The worker's web application: an outer router whose endpoints are functions, and our pipeline in them.</summary>
    private WebApplication Worker(HostSettings settings)
    {
        settings = settings
            .With("HumanTasks:LinkKeys:0", Convert.ToBase64String(new byte[32]))
            .With("HumanTasks:PublicBaseAddress", address.ToString())
            .With("HumanTasks:Environments:0:Id", "test")
            .WithKey(0, "test", key, "admin");
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            settings.Configuration.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseUrls(address.ToString());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Mock.Of<IRunStore>());
        builder.Services.AddSingleton(Mock.Of<IRunIndex>());
        builder.Services.AddSingleton(Mock.Of<IRuleSetStore>());
        builder.Services.AddSingleton(Mock.Of<IIdempotencyStore>());
        builder.Services.AddSingleton(Mock.Of<IDocumentStore>());
        builder.Services.AddSingleton(Mock.Of<IFileStore>());
        builder.Services.AddSingleton(Mock.Of<IEmailSender>());
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDurableRuns(builder.Configuration).AddAzureTelemetry(builder.Configuration).AddHumanTasks(builder.Configuration);
        var worker = builder.Build();
        var pipeline = worker.Services.GetRequiredService<InnerPipeline>();
        Task ServeAsync(HttpContext context) => pipeline.InvokeAsync(context);
        worker.Map("api/{**path}", ServeAsync);
        worker.Map("{page:regex(^(review|task)$)}/{**path}", ServeAsync);
        worker.Map("{**path}", ServeAsync);
        return worker;
    }
}
