namespace HumanTasks.Core.Ports;

/// <summary>A watch on a run. Open it, read the run, then wait: changes after opening are not missed.</summary>
public interface IRunWatch : IDisposable
{
    /// <summary>
    /// Completes if the run may have changed since the last wait, or after <paramref name="atMost"/>.
    /// </summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
