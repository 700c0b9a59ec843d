using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Functions.Hosting;

/// <summary>Telemetry of the worker to Application Insights, by the identity of the app: local authentication is off there.</summary>
internal static class AzureTelemetry
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static IServiceCollection AddAzureTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[ConnectionString] is not { Length: > 0 } connectionString)
        {
            return services;
        }

        var credential = Credential(configuration);
        return services.AddTelemetry(
            traces => traces.AddAzureMonitorTraceExporter(options => options.ConnectionString = connectionString, credential),
            metrics => metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = connectionString, credential));
    }

    // "Authorization=AAD;ClientId=…", as the platform has it; without it the connection string's key is enough
    private static TokenCredential? Credential(IConfiguration configuration)
    {
        var parts = (configuration[Authentication] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return parts.GetValueOrDefault("Authorization") == "AAD" ? AzureStorage.Identity(parts.GetValueOrDefault("ClientId")) : null;
    }
}
