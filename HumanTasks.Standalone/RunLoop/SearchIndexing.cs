using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>
/// A background service that brings the search index up to date: in quiet moments and in small steps, so that nobody
/// waits for it, and in busy ones only when it is far behind. Searches scan the tasks that are not indexed yet.
/// </summary>
internal sealed partial class SearchIndexing(SqliteRunStore runs, TimeProvider time, ILogger<SearchIndexing> logger)
    : BackgroundService
{
    private const int Batch = 128;
    private const int BatchesWhenQuiet = 250;
    private const int BatchesWhenFarBehind = 10;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMinutes(1);

    /// <summary>The number of new tasks a second up to which the host counts as quiet.</summary>
    private const int Quiet = 200;
    private const int FarBehind = 20_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            for (long? newest = null; await second.WaitForNextTickAsync(stoppingToken);)
            {
                newest = await FollowAsync(newest, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start does the rest
        }
    }

    private async Task<long?> FollowAsync(long? newestBefore, CancellationToken stopping)
    {
        try
        {
            var (behind, newest) = await runs.SearchIndexLagAsync(stopping);
            var batches = newest - newestBefore < Quiet ? BatchesWhenQuiet : behind > FarBehind ? BatchesWhenFarBehind : 0;
            for (var i = 0; i < batches && behind > 0 && await runs.FollowSearchIndexAsync(Batch, stopping) == Batch; i++)
            {
            }

            return newest;
        }
        catch (StorageUnavailableException)
        {
            // StorageState logs it, and the next second tries again
            return newestBefore;
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            LogFailed(problem);
            await Task.Delay(PauseAfterFault, time, stopping);
            return newestBefore;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Couldn't update the search index, so searches get slower. Retrying in a minute.")]
    private partial void LogFailed(Exception problem);
}
