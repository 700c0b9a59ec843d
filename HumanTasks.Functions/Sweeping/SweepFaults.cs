using System.Collections.Concurrent;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// What failed during a sweep. One bad run keeps no other from being swept; all are told together at the end. Storage that
/// refuses ends the sweep.
/// </summary>
internal sealed class SweepFaults
{
    private readonly ConcurrentBag<Exception> faults = [];

    public int Count => faults.Count;

    public async Task TryAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is not StorageUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            faults.Add(fault);
        }
    }

    public void ThrowIfAny()
    {
        if (!faults.IsEmpty)
        {
            throw new AggregateException(faults);
        }
    }
}
