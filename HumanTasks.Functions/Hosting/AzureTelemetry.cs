using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// The worker's traces, metrics and logs, sent to Application Insights with the app's identity and to a collector by
/// OTLP. Only the worker exports: the telemetry of the Functions host contains whole paths, and so links.
/// </summary>
internal static class AzureTelemetry
{
    private const string Section = "HumanTasks:Telemetry";
    private const string PlatformConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string PlatformAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(WithoutRequests);
        var insights = Insights(configuration);
        var collector = configuration[Collector] is { Length: > 0 };
        if (insights is null && !collector)
        {
            return services;
        }

        services.AddTelemetry(
            configuration,
            traces =>
            {
                traces.SetSampler(EveryRequest);
                if (insights is not null)
                {
                    traces.AddAzureMonitorTraceExporter(insights.Configure, insights.Credential);
                }

                if (collector)
                {
                    traces.AddOtlpExporter();
                }
            },
            metrics =>
            {
                if (insights is not null)
                {
                    metrics.AddAzureMonitorMetricExporter(insights.Configure, insights.Credential);
                }

                if (collector)
                {
                    metrics.AddOtlpExporter();
                }
            });
        return services.AddLogging(logging => logging.AddTelemetry(configuration, logs =>
        {
            if (insights is not null)
            {
                logs.AddAzureMonitorLogExporter(insights.Configure, insights.Credential);
            }

            if (collector)
            {
                logs.AddOtlpExporter();
            }
        }));
    }

    /// <summary>
    /// A sampler of every request. The host begins each trace but records none, so its sampling decision is ignored.
    /// </summary>
    private static ParentBasedSampler EveryRequest =>
        new(new AlwaysOnSampler(), remoteParentNotSampled: new AlwaysOnSampler());

    // the framework logs the path of every request at the level Information, and the host receives the worker's logs,
    // too
    private static void WithoutRequests(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Azure", LogLevel.Warning);

    private static InsightsTarget? Insights(IConfiguration configuration)
    {
        if (configuration[$"{Section}:ConnectionString"] is { Length: > 0 } own)
        {
            return new InsightsTarget(
                own, configuration[$"{Section}:ClientId"] is { Length: > 0 } client ? AzureStorage.Identity(client) : null);
        }

        return configuration[PlatformConnectionString] is { Length: > 0 } platform
            ? new InsightsTarget(platform, PlatformCredential(configuration))
            : null;
    }

    // the platform's format is "Authorization=AAD;ClientId=…"; without it the connection string's key is enough
    private static TokenCredential? PlatformCredential(IConfiguration configuration)
    {
        var parts = (configuration[PlatformAuthentication] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return parts.GetValueOrDefault("Authorization") == "AAD" ? AzureStorage.Identity(parts.GetValueOrDefault("ClientId")) : null;
    }

    private sealed record InsightsTarget(string ConnectionString, TokenCredential? Credential)
    {
        public void Configure(AzureMonitorExporterOptions options) => options.ConnectionString = ConnectionString;
    }
}
