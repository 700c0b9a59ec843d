using System.Collections.Concurrent;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The runs of which a turn met an exception that nobody expects, for as long as somebody should look at them.</summary>
public sealed class RunFaults
{
    /// <summary>How long a fault is told after it was last met.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromHours(1);

    private const int MostRuns = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> metAt = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether an exception is no fault of the run: the storage refuses, the caller gave up, or the host stops. Such a turn
    /// is taken again for as long as it lasts.
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

    /// <summary>The run goes on, or somebody has cancelled it.</summary>
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
