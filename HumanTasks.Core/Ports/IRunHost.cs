using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>
/// Gives runs their turns. Every call only wakes a run, because the record in the store is written first. A lost,
/// duplicate or late call affects only latency.
/// </summary>
public interface IRunHost
{
    /// <summary>Ensures that a newly committed run gets its turns. Repeated calls are harmless.</summary>
    Task StartAsync(Run run, CancellationToken cancellationToken);

    /// <summary>Does the same for a run that was just created, so nothing can wait for it yet.</summary>
    Task StartNewAsync(Run run, CancellationToken cancellationToken) => StartAsync(run, cancellationToken);

    /// <summary>Wakes a run that may be waiting.</summary>
    Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken);

    /// <summary>Reports that a turn was taken outside the host, with the next turn that the run wants.</summary>
    Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken);

    /// <summary>Watches a run for changes visible to this process. Dispose the watch to stop.</summary>
    IRunWatch Watch(string runId);
}
