using HumanTasks.Core.Ports;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The requests that the storage account refused, logged once a minute with their count instead of one by one.
/// </summary>
internal sealed partial class StorageRefusals(TimeProvider time, ILogger<StorageRefusals> logger)
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset loggedAt = DateTimeOffset.MinValue;
    private int unlogged;

    /// <summary>Returns the exception for a refused request. Its message names no table, key or address.</summary>
    /// <param name="reason">The status and error code of the response, or what happened to the connection.</param>
    /// <param name="cause">The client's exception, if there is one.</param>
    public StorageUnavailableException Refused(string reason, Exception? cause)
    {
        Log(reason);
        return new StorageUnavailableException($"The storage account is failing: {reason}.", cause!);
    }

    private void Log(string reason)
    {
        int count;
        lock (gate)
        {
            unlogged++;
            var now = time.GetUtcNow();
            if (now - loggedAt < LogEvery)
            {
                return;
            }

            (count, unlogged, loggedAt) = (unlogged, 0, now);
        }

        LogRefused(count, reason);
    }

    [LoggerMessage(LogLevel.Error, "The storage account refused {Count} requests since the last message: {Reason}")]
    private partial void LogRefused(int count, string reason);
}
