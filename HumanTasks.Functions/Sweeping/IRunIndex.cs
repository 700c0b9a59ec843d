using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// The sweeper's queries of the run store, for runs with lost events. Results may be late, because an index lags
/// behind, and may include a run that needs nothing any more; a run that still needs a turn must be returned again. All
/// orders are oldest first, and a cursor leads to the next part as in <see cref="Page{T}"/>.
/// </summary>
public interface IRunIndex
{
    /// <summary>
    /// Returns runs with a response that was accepted before a moment and that no turn has consumed, each once.
    /// </summary>
    Task<Page<string>> UnconsumedAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Returns runs whose <see cref="Core.Runs.Run.WakeAt"/> is before a moment and whose turn is still missing.
    /// </summary>
    Task<Page<string>> DueAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the existing runs that <see cref="IRunStore.PurgeAsync"/> would delete with the same arguments, so that
    /// their files and history can be deleted first and an interrupted purge is repeated.
    /// </summary>
    Task<IReadOnlyList<string>> PurgeableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes one of those runs.</summary>
    Task PurgeOneAsync(string runId, CancellationToken cancellationToken);
}
