using HumanTasks.Core.Engine.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HumanTasks.Web.Configuration;

/// <summary>Registers traces and metrics with OpenTelemetry; a host adds the exporters.</summary>
public static class TelemetryRegistration
{
    private const string Service = "humantasks";

    /// <summary>Adds traces and metrics.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configuration">
    /// The configuration, which may name the service by OpenTelemetry's own variables.
    /// </param>
    /// <param name="traces">Adds the host's exporter of spans.</param>
    /// <param name="metrics">Adds the host's exporter of metrics.</param>
    /// <remarks>Request spans contain routes, never paths: the path of a link is the link.</remarks>
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

    /// <summary>Adds logs, for a host whose logs are not collected otherwise.</summary>
    public static ILoggingBuilder AddTelemetry(
        this ILoggingBuilder logging, IConfiguration configuration, Action<OpenTelemetryLoggerOptions> logs) =>
        logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), configuration));
            options.IncludeFormattedMessage = true;
            options.IncludeScopes = false; // a request's scope contains its path
            options.AddProcessor(new LogsWithoutTokens());
            logs(options);
        });

    /// <summary>Sets our service name. OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME take precedence.</summary>
    private static ResourceBuilder Describe(ResourceBuilder resource, IConfiguration configuration)
    {
        resource.AddService(Service, autoGenerateServiceInstanceId: true).AddEnvironmentVariableDetector();
        return configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given
            ? resource.AddAttributes([new("service.name", given)])
            : resource;
    }
}
