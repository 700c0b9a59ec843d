using System.Collections.Concurrent;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The runs whose turns recently failed with an unexpected exception.</summary>
public sealed class RunFaults
{
    /// <summary>The time after its last occurrence for which a fault is reported.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromHours(1);

    private const int MostRuns = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> metAt = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns whether an exception is not a fault of the run: the storage is unavailable, the caller cancelled, or the
    /// host stops. Such a turn is retried as long as necessary.
    /// </summary>
    public static bool IsWaitedOut(Exception problem) => problem switch
    {
        OperationCanceledException or StorageUnavailableException => true,
        AggregateException { InnerExceptions: { Count: > 0 } causes } => causes.All(IsWaitedOut),
        _ => false,
    };

    public void Meet(string runId, DateTimeOffset now)
    {
        if (metAt.Count < MostRuns || metAt.ContainsKey(runId))
        {
            metAt[runId] = now;
        }
    }

    /// <summary>Removes a run that continues or was cancelled.</summary>
    public void Settle(string runId) => metAt.TryRemove(runId, out _);

    public int Count(DateTimeOffset now)
    {
        foreach (var (runId, at) in metAt)
        {
            if (now - at >= Told)
            {
                metAt.TryRemove(KeyValuePair.Create(runId, at));
            }
        }

        return metAt.Count;
    }
}
