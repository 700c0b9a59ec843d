using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>
/// While nothing can be written, tries a small write every second, so that the host goes on as soon as there is room
/// again, also when nobody calls; and says meanwhile that it is not ready.
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
            // the next start tries by itself
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
            // told by the state of the storage
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            LogFailed(problem);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Looking whether the storage can be written again failed; it is tried again in a second.")]
    private partial void LogFailed(Exception problem);
}
