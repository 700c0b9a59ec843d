using System.Text;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Tests.Hosting;

/// <summary>Traces and metrics by OTLP, as a collector gets them.</summary>
public sealed class TellingWhatItDoes : IAsyncLifetime
{
    private readonly WebApplication collector;
    private readonly Lock gate = new();
    private readonly StringBuilder received = new();

    public TellingWhatItDoes()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        collector = builder.Build();
        collector.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (gate)
            {
                received.Append(Encoding.Latin1.GetString(body.ToArray())); // protobuf: texts stand in it as they are
            }
        });
    }

    private string Received
    {
        get
        {
            lock (gate)
            {
                return received.ToString();
            }
        }
    }

    public Task InitializeAsync() => collector.StartAsync();

    public async Task DisposeAsync() => await collector.DisposeAsync();

    [OwnHostFact]
    public async Task Runs_turns_links_answers_and_mails_are_told_without_tokens_or_people()
    {
        var address = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await using var host = await HostProcess.StartNewAsync(new HostSettings()
            .With("OTEL_EXPORTER_OTLP_ENDPOINT", address)
            .With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .With("OTEL_BSP_SCHEDULE_DELAY", "200")
            .With("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        using var api = new ApiClient(host.Address, host.ApiKey);
        using var anybody = new ApiClient(host.Address);
        var mailing = await api.SaveAsync("""[{ "type": "email", "to": "grace.hopper@example.com", "subject": "s", "body": "b" }]""");
        var asked = await api.InterveneAsync("\"correlationId\": \"case-4711\",", continuation: mailing);
        (await anybody.GetAsync(asked.Path)).Is(200);
        await api.RunOverAsync((await anybody.SubmitAsync(asked.Path, """{ "decision": "approve" }""")).Is(200).Text("/runId"));
        (await anybody.GetAsync(asked.Path)).Is(410);
        await host.StopAsync(); // which sends what is left

        Assert.All(
            new[]
            {
                "humantasks.runs.started", "humantasks.runs.ended", "humantasks.turn.duration", "humantasks.effects",
                "humantasks.mails", "humantasks.links", "humantasks.answers", "humantasks.wakeups.waiting",
                "effect email", "case-4711", "used-up", "/review/",
            },
            told => Assert.Contains(told, Received, StringComparison.Ordinal));
        Assert.DoesNotContain(asked.Token, Received, StringComparison.Ordinal);
        Assert.DoesNotContain("grace.hopper", Received, StringComparison.Ordinal);
    }
}
