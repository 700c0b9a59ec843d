using HumanTasks.Core.Ports;

namespace HumanTasks.Functions.Sweeping;

/// <summary>
/// What the sweeper asks of the run store: runs that something was lost for. Answers may be late by what an index lags
/// behind and may name a run that needs nothing any more; a run that stays in need must come up again. All orders are
/// oldest first, and a cursor leads on to the next part as in <see cref="Page{T}"/>.
/// </summary>
public interface IRunIndex
{
    /// <summary>Runs with a response accepted before a moment that no turn has consumed, each once.</summary>
    Task<Page<string>> UnconsumedAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Runs whose <see cref="Core.Runs.Run.WakeAt"/> lies before a moment: nobody took their turn.</summary>
    Task<Page<string>> DueAsync(
        DateTimeOffset before, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The runs that <see cref="IRunStore.PurgeAsync"/> would delete with the same arguments, which are still there: so
    /// that what hangs on a run (files, history) goes first and a crash in between repeats it.
    /// </summary>
    Task<IReadOnlyList<string>> PurgeableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes one of those runs.</summary>
    Task PurgeOneAsync(string runId, CancellationToken cancellationToken);
}
