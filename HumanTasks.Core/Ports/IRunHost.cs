using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Ports;

/// <summary>
/// What gives runs their turns. Everything here is a wake-up: the record in the store was written first, and a call
/// that is lost, doubled or late changes nothing but latency.
/// </summary>
public interface IRunHost
{
    /// <summary>Makes sure that a run, as it was just committed, gets its turns; harmless when it already does.</summary>
    Task StartAsync(Run run, CancellationToken cancellationToken);

    /// <summary>The same for a run that was created this moment, so that nothing can wait for it yet.</summary>
    Task StartNewAsync(Run run, CancellationToken cancellationToken) => StartAsync(run, cancellationToken);

    /// <summary>Wakes a run that may be waiting.</summary>
    Task SignalAsync(string runId, Signal signal, CancellationToken cancellationToken);

    /// <summary>Says that a turn was taken outside of the host, and what the run wants now.</summary>
    Task AdvancedAsync(string runId, Next next, CancellationToken cancellationToken);

    /// <summary>Watches a run for changes that this process can see; dispose to stop.</summary>
    IRunWatch Watch(string runId);
}

/// <summary>Open it, read the run, then wait: a change after the opening is not missed.</summary>
public interface IRunWatch : IDisposable
{
    /// <summary>Completes when the run changed or may have changed since the last wait, or when the time is over.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
