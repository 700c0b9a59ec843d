using HumanTasks.Core.Ports;
using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The retries of a turn's own faults: the store did not respond, the process stopped, an unexpected exception. The
/// engine itself retries failed actions, as waits.
/// </summary>
internal static class Retries
{
    /// <summary>The number of attempts for a turn.</summary>
    public const int Attempts = 10;

    private static readonly string[] WaitedOut =
    [
        typeof(StorageUnavailableException).FullName!,
        typeof(OperationCanceledException).FullName!,
        typeof(TaskCanceledException).FullName!,
    ];

    /// <summary>
    /// The retry policy of a turn, about four minutes in total. If storage then still refuses, the orchestration fails
    /// and the sweeper starts it again.
    /// </summary>
    public static TaskOptions OfATurn { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: Attempts,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));

    /// <summary>
    /// Returns whether a failure is not the run's fault, by the exception name that crosses the activity boundary.
    /// </summary>
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
