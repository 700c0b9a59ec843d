using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>
/// Stores runs with their tasks, responses and log entries. Every write is atomic: it is durable as a whole when its
/// task completes; otherwise nothing was written. Reads see every write that completed before them.
/// </summary>
public interface IRunStore
{
    Task<Run?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Returns a run with the data for its next turn, or null if it does not exist.</summary>
    Task<RunStanding?> FindStandingAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Returns a run with its tasks and continuations at one moment, or null if it does not exist.</summary>
    Task<RunDetails?> FindDetailsAsync(string runId, CancellationToken cancellationToken);

    Task<HumanTask?> FindTaskAsync(string taskId, CancellationToken cancellationToken);

    /// <summary>Returns the tasks of a run, oldest first.</summary>
    Task<IReadOnlyList<HumanTask>> TasksOfRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Returns the responses to a task, oldest first.</summary>
    Task<IReadOnlyList<HumanResponse>> ResponsesOfTaskAsync(string taskId, CancellationToken cancellationToken);

    /// <summary>Returns the response of a submission key, or null if there is none.</summary>
    Task<HumanResponse?> FindSubmissionAsync(string taskId, string submissionKey, CancellationToken cancellationToken);

    /// <summary>Returns the accepted responses of a run that no turn has consumed yet, oldest first.</summary>
    Task<IReadOnlyList<HumanResponse>> UnconsumedResponsesAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Returns the IDs of the runs queued by a run, oldest first.</summary>
    Task<IReadOnlyList<string>> ContinuationsOfAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a run with the changes of its first turn (<see cref="TurnCommit.ExpectedVersion"/> is 0 and the ID is
    /// new). A metered run over its allowance is not created.
    /// </summary>
    Task<CreateResult> CreateAsync(TurnCommit first, Metering? metering, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a turn or a task, or writes nothing. A start whose run already exists is skipped. A metered start over its
    /// allowance is stored as <see cref="RunState.Queued"/>, any other with its first turn, if it has one.
    /// </summary>
    Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the state of a run and adds a log entry, without reading or changing anything else, so it also works for
    /// a run whose context is unreadable. Returns the previous state of the run, or null without writing if the run
    /// does not exist or <paramref name="restate"/> returns null.
    /// </summary>
    Task<RunMark?> RestateAsync(string runId, Func<RunMark, Restatement?> restate, CancellationToken cancellationToken);

    Task<Page<Run>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the number of runs that a query finds, ignoring its limit and cursor, counted up to <paramref name="most"/>.
    /// </summary>
    Task<int> CountRunsAsync(RunQuery query, int most, CancellationToken cancellationToken);

    Task<Page<HumanTask>> ListTasksAsync(TaskQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the number of tasks that a query finds, ignoring its limit and cursor, counted up to
    /// <paramref name="most"/>.
    /// </summary>
    Task<int> CountTasksAsync(TaskQuery query, int most, CancellationToken cancellationToken);

    /// <summary>Returns the log entries of a run, oldest first.</summary>
    Task<Page<LogLine>> ReadLogAsync(string runId, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Starts up to <paramref name="limit"/> queued runs of an environment, oldest first, as far as the allowance
    /// permits, by <see cref="Run.Released"/>. Returns the IDs of the runs that now run.
    /// </summary>
    Task<IReadOnlyList<string>> ReleaseQueuedAsync(
        string environment, Metering metering, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes up to <paramref name="limit"/> runs, with all their data, that are no longer available at
    /// <paramref name="now"/> and not queued. Returns the IDs of the deleted runs.
    /// </summary>
    Task<IReadOnlyList<string>> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
