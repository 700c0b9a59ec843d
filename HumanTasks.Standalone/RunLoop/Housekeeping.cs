using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Review.Drafts;

namespace HumanTasks.Standalone;

/// <summary>
/// A background service that every minute starts queued runs, sends lists of notices, and deletes what is past its
/// retention.
/// </summary>
internal sealed partial class Housekeeping(
    IRunStore runs,
    IIdempotencyStore reservations,
    IFileStore files,
    IDocumentStore documents,
    UploadSweep uploads,
    NoticeLists lists,
    IRunHost host,
    EnvironmentCatalog environments,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    private const int ReleaseBatch = 100;
    private const int PurgeBatch = 50;
    private const int ReservationBatch = 500;
    private static readonly TimeSpan ReservationLifetime = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
            do
            {
                foreach (var environment in environments.All)
                {
                    await TryAsync(() => ReleaseAsync(environment, stoppingToken), stoppingToken);
                }

                await TryAsync(() => PurgeRunsAsync(stoppingToken), stoppingToken);
                await TryAsync(() => lists.SendAsync(stoppingToken), stoppingToken);
                await TryAsync(() => uploads.SweepAsync(stoppingToken), stoppingToken);
                await TryAsync(() => PurgeReservationsAsync(stoppingToken), stoppingToken);
                await TryAsync(() => PurgeDocumentsAsync(stoppingToken), stoppingToken);
            }
            while (await minute.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start does the rest
        }
    }

    private async Task ReleaseAsync(RunEnvironment environment, CancellationToken stopping)
    {
        IReadOnlyList<string> released;
        do
        {
            var now = time.GetUtcNow();
            if (environment.MeterContinuation(now) is not { } metering)
            {
                return;
            }

            released = await runs.ReleaseQueuedAsync(environment.Id, metering, now, ReleaseBatch, stopping);
            foreach (var runId in released)
            {
                await host.SignalAsync(runId, Signal.Started, stopping);
            }
        }
        while (released.Count == ReleaseBatch);
    }

    private async Task PurgeRunsAsync(CancellationToken stopping)
    {
        IReadOnlyList<string> purged;
        do
        {
            purged = await runs.PurgeAsync(time.GetUtcNow(), PurgeBatch, stopping);
            foreach (var runId in purged)
            {
                // a failure to delete one run's files is logged and does not hold up the others
                await TryAsync(() => files.DeleteOfRunAsync(runId, CancellationToken.None), stopping);
                await TryAsync(() => documents.DeleteOwnerAsync(runId, CancellationToken.None), stopping);
            }
        }
        while (purged.Count > 0);
    }

    private async Task PurgeReservationsAsync(CancellationToken stopping)
    {
        var before = time.GetUtcNow() - ReservationLifetime;
        while (await reservations.PurgeReservationsAsync(before, ReservationBatch, stopping) == ReservationBatch)
        {
        }
    }

    private async Task PurgeDocumentsAsync(CancellationToken stopping)
    {
        while (await documents.PurgeDocumentsAsync(time.GetUtcNow(), ReservationBatch, stopping) == ReservationBatch)
        {
        }
    }

    private async Task TryAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (StorageUnavailableException)
        {
            // StorageState logs it, and the next minute tries again
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            LogFailed(problem);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Housekeeping failed. Retrying in a minute.")]
    private partial void LogFailed(Exception problem);
}
