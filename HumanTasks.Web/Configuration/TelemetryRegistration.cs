using System.Diagnostics;
using System.Text.RegularExpressions;
using HumanTasks.Core.Engine.Turns;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HumanTasks.Web.Configuration;

/// <summary>Traces and metrics by OpenTelemetry; a host says where they go.</summary>
public static class TelemetryRegistration
{
    private const string Service = "humantasks";

    /// <param name="services">Of the host.</param>
    /// <param name="traces">Adds the host's exporter of spans.</param>
    /// <param name="metrics">Adds the host's exporter of metrics.</param>
    public static IServiceCollection AddTelemetry(
        this IServiceCollection services, Action<TracerProviderBuilder> traces, Action<MeterProviderBuilder> metrics)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, autoGenerateServiceInstanceId: true))
            .WithTracing(tracing =>
            {
                tracing.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation().AddProcessor(new WithoutTokens());
                traces(tracing);
            })
            .WithMetrics(metering =>
            {
                metering.AddMeter(Telemetry.Name).AddAspNetCoreInstrumentation().AddMeter("System.Runtime");
                metrics(metering);
            });
        return services;
    }
}

/// <summary>The path of a link is the link: spans say that one was asked for, and not which.</summary>
internal sealed partial class WithoutTokens : BaseProcessor<Activity>
{
    private static readonly string[] Paths = ["url.path", "url.full", "http.target", "http.url"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Paths)
        {
            if (data.GetTagItem(tag) is string path)
            {
                data.SetTag(tag, Redact(path));
            }
        }

        data.DisplayName = Redact(data.DisplayName);
    }

    internal static string Redact(string path) => Token().Replace(path, "/$1/…");

    [GeneratedRegex("/(review|task)/[^/?#]+", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
