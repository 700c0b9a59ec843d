using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Hosting;

/// <summary>A collector of OpenTelemetry that keeps what it is sent by OTLP over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly StringBuilder received = new();

    public Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (gate)
            {
                received.Append(Encoding.Latin1.GetString(body.ToArray())); // protobuf: texts stand in it as they are
            }
        });
    }

    /// <summary>Everything that was sent.</summary>
    public string Received
    {
        get
        {
            lock (gate)
            {
                return received.ToString();
            }
        }
    }

    public Task StartAsync() => app.StartAsync();

    /// <summary>The settings of a host that sends everything here, and soon.</summary>
    public HostSettings Receive(HostSettings settings) => settings
        .With("OTEL_EXPORTER_OTLP_ENDPOINT", app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())
        .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        .With("OTEL_BSP_SCHEDULE_DELAY", "200")
        .With("OTEL_METRIC_EXPORT_INTERVAL", "200");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
