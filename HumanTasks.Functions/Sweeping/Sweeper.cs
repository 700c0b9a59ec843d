using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Orchestration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// The function that every minute, on one instance, repeats what was lost, starts queued runs, sends lists of notices
/// and deletes what is past its retention.
/// </summary>
public sealed partial class Sweeper(
    LostWakeUps lostWakeUps, QueuedRuns queuedRuns, NoticeLists lists, Retention retention, TaskHub hub, ILogger<Sweeper> logger)
{
    [Function(nameof(Sweeper))]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        hub.Use(client);
        try
        {
            await TryAsync(nameof(LostWakeUps), lostWakeUps.SweepAsync, cancellationToken);
            await TryAsync(nameof(QueuedRuns), queuedRuns.SweepAsync, cancellationToken);
            await TryAsync(nameof(NoticeLists), lists.SendAsync, cancellationToken);
            await TryAsync(nameof(Retention), retention.SweepAsync, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // already logged where it was refused; every chore needs storage, so all try again in a minute
        }
    }

    // a failed chore must not stop the others; it tries again in a minute
    private async Task TryAsync(string chore, Func<CancellationToken, Task> sweep, CancellationToken cancellationToken)
    {
        try
        {
            await sweep(cancellationToken);
        }
        catch (Exception fault) when (fault is not StorageUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(fault, chore);
        }
    }

    [LoggerMessage(LogLevel.Error, "The sweeper couldn't finish {Chore}")]
    private partial void LogFailed(Exception fault, string chore);
}
