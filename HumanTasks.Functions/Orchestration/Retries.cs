using Microsoft.DurableTask;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// Faults of the turn itself: the store did not answer, the process went down. What an action does not achieve is
/// retried by the engine, as a wait.
/// </summary>
internal static class Retries
{
    /// <summary>About four minutes; an orchestration that then fails is started again by the sweeper.</summary>
    public static TaskOptions OfATurn { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));
}
