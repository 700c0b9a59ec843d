using System.Globalization;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Configuration;

/// <summary>Reports failing external effects: once a minute in the log, and in the host's readiness.</summary>
internal sealed partial class EffectHealth(EffectWatch watch, TimeProvider time, ILogger<EffectHealth> logger) : BackgroundService, IReadiness
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public Task<Readiness> LookAsync(CancellationToken cancellationToken) => Task.FromResult(new Readiness(null)
    {
        Degraded = watch.Now() is { Count: > 0 } failing ? string.Join(' ', failing.Select(Words)) : null,
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (kind, count) in watch.TakeCounts().OrderBy(counted => counted.Key))
                {
                    LogFailing(count, Noun(kind));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host is stopping
        }
    }

    private static string Words(FailingEffects failing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Noun(failing.Kind)} have failed to {(failing.Targets == 1 ? "1 server" : $"{failing.Targets} servers")} since {failing.Since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. They are being retried.");

    private static string Noun(EffectKind kind) => kind switch
    {
        EffectKind.Email => "Emails",
        EffectKind.Http => "Calls of http actions",
        EffectKind.Webhook => "Webhook deliveries",
        EffectKind.Channel => "Channel messages",
        _ => "Model calls",
    };

    [LoggerMessage(1, LogLevel.Warning, "{Count} attempts failed in the last minute and will be retried: {Kind}.")]
    private partial void LogFailing(int count, string kind);
}
