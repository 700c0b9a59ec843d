using System.Collections.Concurrent;
using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// The failures of a sweep. A bad run does not stop the sweep of others; all failures are reported together at the end.
/// Only refusing storage ends the sweep.
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
