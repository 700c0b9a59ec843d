using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Orchestration;

/// <summary>The history of runs in the task hub.</summary>
public sealed partial class OrchestrationHistory(TaskHub hub, TimeProvider time, ILogger<OrchestrationHistory> logger)
{
    private static readonly TimeSpan PatienceWithTermination = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Deletes a run's history. An orchestration that still waits for a deleted run is terminated first.
    /// </summary>
    public async Task ForgetAsync(string runId, CancellationToken cancellationToken)
    {
        var client = hub.Client;
        if (await PurgeAsync(client, runId, cancellationToken) == 0
            && await client.GetInstanceAsync(runId, cancellationToken) is not null)
        {
            await EndAsync(client, runId, cancellationToken);
        }
    }

    private static async Task<int> PurgeAsync(
        DurableTaskClient client, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.PurgeInstanceAsync(runId, cancellationToken)).PurgedInstanceCount;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.NotFound)
        {
            return 0;
        }
    }

    // termination is a queued message; the remaining runs do not wait until the hub processes it
    private async Task EndAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(PatienceWithTermination, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await client.TerminateInstanceAsync(runId, cancellationToken);
            await client.WaitForInstanceCompletionAsync(runId, either.Token);
            await PurgeAsync(client, runId, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeft(fault, runId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The orchestration of run {RunId} did not end. Its history stays in the task hub.")]
    private partial void LogLeft(Exception fault, string runId);
}
