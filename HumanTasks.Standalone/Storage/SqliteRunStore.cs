using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>The store of runs, tasks, responses and log lines, in one SQLite database.</summary>
internal sealed class SqliteRunStore(Database database, DamagedRows damaged) : IRunStore
{
    /// <summary>
    /// Occurs after every durable change of a run or its tasks, with the time of the run's next turn if the change set
    /// one. Handlers must be quick and must not throw.
    /// </summary>
    public event Action<string, DateTimeOffset?>? Changed;

    public Task<Run?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunRow.Find(connection, runId), cancellationToken);

    public Task<RunStanding?> FindStandingAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.Standing(connection, runId), cancellationToken);

    public Task<RunDetails?> FindDetailsAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.Details(connection, runId), cancellationToken);

    public Task<HumanTask?> FindTaskAsync(string taskId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => TaskRow.Find(connection, taskId), cancellationToken);

    public Task<IReadOnlyList<HumanTask>> TasksOfRunAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => TaskRow.OfRun(connection, runId), cancellationToken);

    public Task<IReadOnlyList<HumanResponse>> ResponsesOfTaskAsync(string taskId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ResponseRow.OfTask(connection, taskId), cancellationToken);

    public Task<HumanResponse?> FindSubmissionAsync(
        string taskId, string submissionKey, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ResponseRow.OfSubmission(connection, taskId, submissionKey), cancellationToken);

    public Task<IReadOnlyList<HumanResponse>> UnconsumedResponsesAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ResponseRow.Unconsumed(connection, runId), cancellationToken);

    public Task<IReadOnlyList<string>> ContinuationsOfAsync(string runId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.ContinuationsOf(connection, runId), cancellationToken);

    public Task<int> CountRunsAsync(RunQuery query, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunList.Count(connection, query, most), cancellationToken);

    public Task<Page<Run>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunList.Read(connection, query, damaged), cancellationToken);

    public Task<Page<HumanTask>> ListTasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => TaskList.Read(connection, query, damaged), cancellationToken);

    public Task<int> CountTasksAsync(TaskQuery query, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => TaskList.Count(connection, query, most), cancellationToken);

    public Task<Page<LogLine>> ReadLogAsync(string runId, string? cursor, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => LogRow.Read(connection, runId, cursor, limit), cancellationToken);

    public async Task<CreateResult> CreateAsync(
        TurnCommit first, Metering? metering, CancellationToken cancellationToken)
    {
        var rows = new CommitRows(first);
        var kept = await KeptAnswer.WithAsync(RunChanged.Of(first));
        var result = await database.WriteAsync(
            connection => Kept(connection, kept, rows.Create(connection, metering), CreateResult.Created), cancellationToken);
        if (result == CreateResult.Created)
        {
            kept?.IsCommitted();
            Notify(first);
        }

        return result;
    }

    public Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken) => commit switch
    {
        TurnCommit turn => CommitAsync(turn, cancellationToken),
        TaskCommit task => CommitAsync(task, cancellationToken),
        _ => throw new ArgumentException($"{commit.GetType().Name} is no commit.", nameof(commit)),
    };

    private async Task<CommitResult> CommitAsync(TurnCommit commit, CancellationToken cancellationToken)
    {
        var rows = new CommitRows(commit);
        var committed = await WriteAsync(rows.Commit, RunChanged.Of(commit), cancellationToken);
        if (committed == CommitResult.Committed)
        {
            Notify(commit);
        }

        return committed;
    }

    private async Task<CommitResult> CommitAsync(TaskCommit commit, CancellationToken cancellationToken)
    {
        var rows = new TaskRows(commit);
        var changed = commit.Accepted is null ? RunChanged.Of(commit) : null; // the turn of the response holds its answer
        var committed = await WriteAsync(rows.Commit, changed, cancellationToken);
        if (committed == CommitResult.Committed)
        {
            Changed?.Invoke(commit.Task.RunId, null);
        }

        return committed;
    }

    private async Task<CommitResult> WriteAsync(
        Func<Connection, CommitResult> write, RunChanged? changed, CancellationToken cancellationToken)
    {
        var kept = changed is null ? null : await KeptAnswer.WithAsync(changed);
        var committed = await database.WriteAsync(
            connection => Kept(connection, kept, write(connection), CommitResult.Committed), cancellationToken);
        if (committed == CommitResult.Committed)
        {
            kept?.IsCommitted();
        }

        return committed;
    }

    public async Task<RunMark?> RestateAsync(
        string runId, Func<RunMark, Restatement?> restate, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(connection => RestateRow.Write(connection, runId, restate), cancellationToken) is not var (before, wakeAt))
        {
            return null;
        }

        Changed?.Invoke(runId, wakeAt);
        return before;
    }

    public async Task<IReadOnlyList<string>> ReleaseQueuedAsync(
        string environment, Metering metering, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var released = await database.WriteAsync(
            connection => RunWork.ReleaseQueued(connection, environment, metering, now, limit), cancellationToken);
        foreach (var run in released)
        {
            Changed?.Invoke(run.Id, run.WakeAt);
        }

        return [.. released.Select(run => run.Id)];
    }

    public async Task<IReadOnlyList<string>> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var purged = await database.WriteAsync(connection => RunWork.Purge(connection, now, limit), cancellationToken);
        foreach (var runId in purged)
        {
            Changed?.Invoke(runId, null);
        }

        return purged;
    }

    /// <summary>
    /// Returns runs that want their turn at or before a moment, the most overdue first, after the given one.
    /// </summary>
    public Task<IReadOnlyList<DueRun>> DueRunsAsync(
        DateTimeOffset now, DueRun? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.Due(connection, now, after, limit), cancellationToken);

    /// <summary>Returns the first moment after this one at which a run wants a turn; null when there is none.</summary>
    public Task<DateTimeOffset?> NextWakeAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.NextWake(connection, after), cancellationToken);

    /// <summary>
    /// Returns unfinished runs with responses that no turn has consumed, by key, after the given one.
    /// </summary>
    public Task<IReadOnlyList<DueRun>> AnsweredRunsAsync(DueRun? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => RunWork.Answered(connection, after, limit), cancellationToken);

    /// <summary>
    /// Returns how many tasks the search index is behind, at most, and approximately how many tasks ever existed.
    /// </summary>
    public Task<(long Behind, long Newest)> SearchIndexLagAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(SearchIndex.Lag, cancellationToken);

    /// <summary>Indexes up to that many more tasks; returns how many it indexed.</summary>
    public Task<int> FollowSearchIndexAsync(int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => SearchIndex.Follow(connection, limit), cancellationToken);

    /// <summary>Stores the response to the request with its change, in the same transaction.</summary>
    private static T Kept<T>(Connection connection, KeptAnswer.Pending? kept, T result, T written)
        where T : struct
    {
        if (kept is { Answer: var answer } && result.Equals(written))
        {
            SqliteIdempotencyStore.Complete(connection, answer.Environment, answer.Key, kept.Sealed);
        }

        return result;
    }

    private void Notify(TurnCommit commit)
    {
        if (Changed is not { } changed)
        {
            return;
        }

        changed(commit.Run.Id, commit.Run.WakeAt);
        foreach (var start in commit.Starts)
        {
            changed(start.Run.Id, start.First.Run.WakeAt);
        }
    }
}
