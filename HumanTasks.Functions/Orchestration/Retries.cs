using HumanTasks.Core.Ports;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// Faults of the turn itself: the store did not answer, the process went down, an exception that nobody expects. What an
/// action does not achieve is retried by the engine, as a wait.
/// </summary>
internal static class Retries
{
    /// <summary>How often a turn is tried.</summary>
    public const int Attempts = 10;

    private static readonly string[] WaitedOut =
    [
        typeof(StorageUnavailableException).FullName!,
        typeof(OperationCanceledException).FullName!,
        typeof(TaskCanceledException).FullName!,
    ];

    /// <summary>
    /// About four minutes. An orchestration that then fails, because the storage refuses, is started again by the sweeper.
    /// </summary>
    public static TaskOptions OfATurn { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: Attempts,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));

    /// <summary>Whether a failure is no fault of the run, by the name under which it crosses the boundary of the activity.</summary>
    public static bool IsWaitedOut(TaskFailureDetails? failure)
    {
        for (; failure is not null; failure = failure.InnerFailure)
        {
            if (WaitedOut.Contains(failure.ErrorType))
            {
                return true;
            }
        }

        return false;
    }
}
