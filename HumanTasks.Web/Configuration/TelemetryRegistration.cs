using HumanTasks.Core.Engine.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HumanTasks.Web.Configuration;

/// <summary>Traces and metrics by OpenTelemetry; a host says where they go.</summary>
public static class TelemetryRegistration
{
    private const string Service = "humantasks";

    /// <param name="services">Of the host.</param>
    /// <param name="configuration">Says under which name the host tells of itself, as in OpenTelemetry's own variables.</param>
    /// <param name="traces">Adds the host's exporter of spans.</param>
    /// <param name="metrics">Adds the host's exporter of metrics.</param>
    /// <remarks>Spans of requests name routes, never paths: the path of a link is the link.</remarks>
    public static IServiceCollection AddTelemetry(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<TracerProviderBuilder> traces,
        Action<MeterProviderBuilder> metrics)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, configuration))
            .WithTracing(tracing =>
            {
                tracing.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation().AddProcessor(new RoutesOnly());
                traces(tracing);
            })
            .WithMetrics(metering =>
            {
                metering.AddMeter(Telemetry.Name).AddAspNetCoreInstrumentation().AddMeter("System.Runtime");
                metrics(metering);
            });
        return services;
    }

    /// <summary>Logs as well, for a host whose logs are collected nowhere else.</summary>
    public static ILoggingBuilder AddTelemetry(
        this ILoggingBuilder logging, IConfiguration configuration, Action<OpenTelemetryLoggerOptions> logs) =>
        logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), configuration));
            options.IncludeFormattedMessage = true;
            options.IncludeScopes = false; // the scope of a request holds its path
            options.AddProcessor(new LogsWithoutTokens());
            logs(options);
        });

    /// <summary>Our name, below what the operator says in OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME.</summary>
    private static ResourceBuilder Describe(ResourceBuilder resource, IConfiguration configuration)
    {
        resource.AddService(Service, autoGenerateServiceInstanceId: true).AddEnvironmentVariableDetector();
        return configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given
            ? resource.AddAttributes([new("service.name", given)])
            : resource;
    }
}
