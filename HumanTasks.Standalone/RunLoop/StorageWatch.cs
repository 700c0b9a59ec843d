using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>
/// A background service that tries a small write every second while storage cannot be written, so that the host
/// recovers without any request, and that reports the host as not ready meanwhile.
/// </summary>
internal sealed partial class StorageWatch(Database database, DamagedRows damaged, TimeProvider time, ILogger<StorageWatch> logger)
    : BackgroundService, IReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<Readiness> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Readiness(database.State.Obstacle, damaged.Count));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await database.State.Bad.WaitAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start tries again
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await database.WriteAsync(
                connection => connection.Prepare("INSERT INTO probe (key, at) VALUES (1, ?1) ON CONFLICT (key) DO UPDATE SET at = excluded.at")
                    .Bind(time.GetUtcNow())
                    .Run(),
                stopping);
        }
        catch (StorageUnavailableException)
        {
            // StorageState logs it
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            LogFailed(problem);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Couldn't check whether storage is writable again. Retrying in a second.")]
    private partial void LogFailed(Exception problem);
}
