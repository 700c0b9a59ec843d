using HumanTasks.Core.Environments;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Ports;

/// <summary>
/// Runs, their tasks, responses and log lines. Every write is one atomic unit: it is durable as a whole when its task
/// completes, or it did not happen. Reads see every write that completed before them.
/// </summary>
public interface IRunStore
{
    Task<Run?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>A run with what its next turn looks at, or null when there is no such run.</summary>
    Task<RunStanding?> FindStandingAsync(string runId, CancellationToken cancellationToken);

    /// <summary>A run with what is its own, as it stood at one moment, or null when there is no such run.</summary>
    Task<RunDetails?> FindDetailsAsync(string runId, CancellationToken cancellationToken);

    Task<HumanTask?> FindTaskAsync(string taskId, CancellationToken cancellationToken);

    /// <summary>The tasks of a run, oldest first.</summary>
    Task<IReadOnlyList<HumanTask>> TasksOfRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The responses to a task, oldest first.</summary>
    Task<IReadOnlyList<HumanResponse>> ResponsesOfTaskAsync(string taskId, CancellationToken cancellationToken);

    /// <summary>The response that a submission key led to, or null.</summary>
    Task<HumanResponse?> FindSubmissionAsync(string taskId, string submissionKey, CancellationToken cancellationToken);

    /// <summary>The responses of a run that are accepted and that no turn has consumed yet, oldest first.</summary>
    Task<IReadOnlyList<HumanResponse>> UnconsumedResponsesAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The ids of the runs that a run queued, oldest first.</summary>
    Task<IReadOnlyList<string>> ContinuationsOfAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a run together with what its first turn brought (<see cref="TurnCommit.ExpectedVersion"/> is 0 and no
    /// run has that id). A metered run over its allowance is not created.
    /// </summary>
    Task<CreateResult> CreateAsync(TurnCommit first, Metering? metering, CancellationToken cancellationToken);

    /// <summary>
    /// Commits a turn, or writes nothing. A start whose run exists already is left alone; a metered start over its
    /// allowance is stored <see cref="RunState.Queued"/>, any other with its first turn where it has one.
    /// </summary>
    Task<CommitResult> CommitAsync(TurnCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Changes where a run stands and adds a line to its log. Nothing else of the run is read or changed, so that one whose
    /// context nobody can read can be changed, too. Answers the run as it stood; null, and nothing written, when there is no
    /// such run or <paramref name="restate"/> answers null.
    /// </summary>
    Task<RunMark?> RestateAsync(string runId, Func<RunMark, Restatement?> restate, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts a response: writes it and the task in one conditional write. <paramref name="task"/> carries the new
    /// state; its version is one above the expected one.
    /// </summary>
    Task<AcceptResult> AcceptAsync(HumanTask task, HumanResponse response, CancellationToken cancellationToken);

    /// <summary>Changes a task on its own. False when it is no longer at the version before this one.</summary>
    Task<bool> UpdateTaskAsync(HumanTask task, CancellationToken cancellationToken);

    Task<Page<Run>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken);

    Task<Page<HumanTask>> ListTasksAsync(TaskQuery query, CancellationToken cancellationToken);

    /// <summary>How many tasks a query finds, its limit and cursor aside: counted up to <paramref name="most"/>.</summary>
    Task<int> CountTasksAsync(TaskQuery query, int most, CancellationToken cancellationToken);

    /// <summary>The log lines of a run, oldest first.</summary>
    Task<Page<LogLine>> ReadLogAsync(string runId, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Lets queued runs of an environment start, oldest first, as far as the allowance permits and at most
    /// <paramref name="limit"/>, as <see cref="Run.Released"/> says; answers the ids of those that now run.
    /// </summary>
    Task<IReadOnlyList<string>> ReleaseQueuedAsync(
        string environment, Metering metering, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes runs with everything that belongs to them, at most <paramref name="limit"/> of those that are no longer
    /// available at <paramref name="now"/> and not queued; answers the ids of the deleted runs.
    /// </summary>
    Task<IReadOnlyList<string>> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>
/// A run, the task that it waits for and the answers that no turn has consumed, as they stood at one moment. Read one
/// after the other, a task could be over by an answer that was not there yet, and that answer would be lost.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Task">The task that it is paused for; null when it is not.</param>
/// <param name="Unconsumed">Accepted responses, oldest first.</param>
public sealed record RunStanding(Run Run, HumanTask? Task, IReadOnlyList<HumanResponse> Unconsumed);

/// <param name="Run">The run.</param>
/// <param name="Tasks">Its tasks, oldest first.</param>
/// <param name="Continuations">The ids of the runs that it queued, oldest first.</param>
public sealed record RunDetails(Run Run, IReadOnlyList<HumanTask> Tasks, IReadOnlyList<string> Continuations);

public enum CreateResult
{
    Created,
    AlreadyExists,
    AllowanceExhausted,
}

public enum CommitResult
{
    Committed,

    /// <summary>
    /// The run or one of the tasks is no longer at its expected version, or the submission key of the accepted answer was
    /// accepted before.
    /// </summary>
    Conflict,

    /// <summary>The starts would make more descendants than <see cref="RunTree.Limit"/> allows.</summary>
    TreeIsFull,
}

public enum AcceptResult
{
    Accepted,

    /// <summary>The submission key was accepted before; nothing was written.</summary>
    Duplicate,

    /// <summary>The task is no longer at the expected version; nothing was written.</summary>
    Conflict,
}
