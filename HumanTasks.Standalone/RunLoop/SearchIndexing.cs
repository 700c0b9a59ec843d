using HumanTasks.Core.Ports;
using HumanTasks.Standalone.Storage;

namespace HumanTasks.Standalone;

/// <summary>
/// Lets the search index follow the tasks in quiet moments, a little at a time so that nobody waits for it; in busy ones
/// only where it is far behind. Until then searches look at the rest one by one.
/// </summary>
internal sealed partial class SearchIndexing(SqliteRunStore runs, TimeProvider time, ILogger<SearchIndexing> logger)
    : BackgroundService
{
    private const int Batch = 128;
    private const int BatchesWhenQuiet = 250;
    private const int BatchesWhenFarBehind = 10;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMinutes(1);

    /// <summary>New tasks a second.</summary>
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
            // the rest is done after the next start
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
            // told by the state of the storage, and done in a second
            return newestBefore;
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            LogFailed(problem);
            await Task.Delay(PauseAfterFault, time, stopping);
            return newestBefore;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The search index does not follow, so searches get slower; it is tried again in a minute.")]
    private partial void LogFailed(Exception problem);
}
