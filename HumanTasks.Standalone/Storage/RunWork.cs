using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>The queries of the run loop and its housekeeping.</summary>
internal static class RunWork
{
    /// <summary>
    /// The query for a run with each of its tasks, then its continuations, in one statement for one snapshot.
    /// </summary>
    private static readonly string DetailsOfRun =
        $"""
        SELECT {RunRow.Columns}, {TaskRow.Columns}, tasks.key, 0
        FROM runs LEFT JOIN tasks ON tasks.run = runs.key LEFT JOIN forms ON forms.key = tasks.form
        WHERE runs.id = ?1
        UNION ALL
        SELECT id, {string.Join(", ", Enumerable.Repeat("NULL", RunRow.Width + TaskRow.Width - 1))}, key, 1
        FROM runs
        WHERE continued_from = ?1
        """;

    /// <summary>
    /// Reads where a run stands, in one statement for one snapshot: nearly always the task is the run's newest and no
    /// response is unconsumed.
    /// </summary>
    public static RunStanding? Standing(Connection connection, string runId)
    {
        using (var row = connection
            .Prepare(
                $"""
                SELECT
                    {RunRow.Columns}, {TaskRow.Columns}, tasks.key,
                    EXISTS (SELECT 1 FROM responses WHERE run = runs.key AND consumed = 0)
                FROM runs
                LEFT JOIN tasks ON tasks.key = (SELECT max(key) FROM tasks WHERE run = runs.key)
                LEFT JOIN forms ON forms.key = tasks.form
                WHERE runs.id = ?1
                """)
            .BindId(runId))
        {
            if (!row.Step())
            {
                return null;
            }

            const int TaskKey = RunRow.Width + TaskRow.Width;
            var run = RunRow.Read(connection, row, 0);
            var task = run.State is RunState.Paused && !row.IsNull(TaskKey) ? TaskRow.Read(connection, row, RunRow.Width) : null;
            if (row.Integer(TaskKey + 1) == 0 && task?.Id == (run.State as RunState.Paused)?.TaskId)
            {
                return new RunStanding(run, task, []);
            }
        }

        return StandingWithAnswers(connection, runId);
    }

    private static RunStanding? StandingWithAnswers(Connection connection, string runId)
    {
        connection.Execute("BEGIN"); // the following reads see one snapshot
        try
        {
            return RunRow.Find(connection, runId) is { } run
                ? new RunStanding(
                    run,
                    run.State is RunState.Paused paused ? TaskRow.Find(connection, paused.TaskId) : null,
                    ResponseRow.Unconsumed(connection, runId))
                : null;
        }
        finally
        {
            connection.Execute("COMMIT");
        }
    }

    public static RunDetails? Details(Connection connection, string runId)
    {
        using var row = connection.Prepare(DetailsOfRun).BindId(runId);
        Run? run = null;
        List<(long Key, HumanTask Task)> tasks = [];
        List<(long Key, string Id)> continuations = [];
        while (row.Step())
        {
            const int Key = RunRow.Width + TaskRow.Width;
            if (row.Integer(Key + 1) != 0)
            {
                continuations.Add((row.Integer(Key), row.Id(0)));
                continue;
            }

            run ??= RunRow.Read(connection, row, 0);
            if (!row.IsNull(Key))
            {
                tasks.Add((row.Integer(Key), TaskRow.Read(connection, row, RunRow.Width)));
            }
        }

        return run is null
            ? null
            : new RunDetails(
                run,
                [.. tasks.OrderBy(pair => pair.Key).Select(pair => pair.Task)],
                [.. continuations.OrderBy(pair => pair.Key).Select(pair => pair.Id)]);
    }

    public static IReadOnlyList<string> ContinuationsOf(Connection connection, string runId)
    {
        using var row = connection.Prepare("SELECT id FROM runs WHERE continued_from = ?1 ORDER BY key").BindId(runId);
        var ids = new List<string>();
        while (row.Step())
        {
            ids.Add(row.Id(0));
        }

        return ids;
    }

    public static IReadOnlyList<DueRun> Due(Connection connection, DateTimeOffset now, DueRun? after, int limit)
    {
        using var row = connection
            .Prepare(
                """
                SELECT id, version, status, wake_at, key FROM runs
                WHERE wake_at <= ?1 AND (wake_at, key) > (?2, ?3)
                ORDER BY wake_at, key
                LIMIT ?4
                """)
            .Bind(now)
            .Bind(after?.WakeAt ?? long.MinValue)
            .Bind(after?.Key ?? 0)
            .Bind(limit);
        return ReadAll(row);
    }

    public static DateTimeOffset? NextWake(Connection connection, DateTimeOffset after)
    {
        using var row = connection.Prepare("SELECT wake_at FROM runs WHERE wake_at > ?1 ORDER BY wake_at LIMIT 1").Bind(after);
        return row.Step() ? row.Time(0) : null;
    }

    public static IReadOnlyList<DueRun> Answered(Connection connection, DueRun? after, int limit)
    {
        using var row = connection
            .Prepare(
                """
                SELECT id, version, status, wake_at, key FROM runs
                WHERE key IN (SELECT run FROM responses WHERE consumed = 0 AND run > ?1) AND status IN (1, 2)
                ORDER BY key
                LIMIT ?2
                """)
            .Bind(after?.Key ?? 0)
            .Bind(limit);
        return ReadAll(row);
    }

    /// <summary>Moves queued runs to running, oldest first.</summary>
    public static IReadOnlyList<Run> ReleaseQueued(
        Connection connection, string environment, Metering metering, DateTimeOffset now, int limit)
    {
        var released = Queued(
            connection, environment, now, Math.Min(limit, Allowance.Left(connection, environment, metering)));
        foreach (var (key, commit) in released)
        {
            new RunRow(commit.Run).Update(connection, key);
            new LogRow(commit.Log).Insert(connection, key, commit.Run.Version);
        }

        if (released.Count > 0)
        {
            Allowance.Count(connection, environment, metering.Month, released.Count);
        }

        return [.. released.Select(pair => pair.Commit.Run)];
    }

    /// <summary>Deletes runs past their retention, with everything that belongs to them.</summary>
    public static IReadOnlyList<string> Purge(Connection connection, DateTimeOffset now, int limit)
    {
        var gone = Unavailable(connection, now, limit);
        foreach (var (key, _) in gone)
        {
            var forms = connection
                .Prepare("SELECT DISTINCT form FROM tasks WHERE run = ?1 AND form IS NOT NULL")
                .Bind(key)
                .Integers();
            Delete(connection, "DELETE FROM responses WHERE task IN (SELECT key FROM tasks WHERE run = ?1)", key);
            Delete(connection, "DELETE FROM tasks WHERE run = ?1", key);
            Delete(connection, "DELETE FROM log WHERE run = ?1", key);
            Delete(connection, "DELETE FROM runs WHERE key = ?1", key);
            forms.ForEach(form => FormRow.DeleteUnused(connection, form));
        }

        return [.. gone.Select(pair => pair.Id)];
    }

    private static List<(long Key, TurnCommit Commit)> Queued(Connection connection, string environment, DateTimeOffset now, long limit)
    {
        using var row = connection
            .Prepare(
                $"""
                SELECT key, {RunRow.Columns} FROM runs INDEXED BY runs_by_status
                WHERE environment = ?1 AND status = {(int)RunStatus.Queued}
                ORDER BY key
                LIMIT ?2
                """)
            .Bind(connection.Names.Find(environment))
            .Bind(limit);
        var release = new ReleaseRun(now);
        var queued = new List<(long, TurnCommit)>();
        var unread = new List<string>();
        while (row.Step())
        {
            try
            {
                queued.Add((row.Integer(0), release.Decide(RunRow.Read(connection, row, 1))));
            }
            catch (Exception damaged) when (DamagedRows.Is(damaged))
            {
                unread.Add(row.Id(1));
            }
        }

        foreach (var runId in unread)
        {
            RestateRow.Write(connection, runId, release.Decide);
        }

        return queued;
    }

    private static List<(long Key, string Id)> Unavailable(Connection connection, DateTimeOffset now, int limit)
    {
        using var row = connection
            .Prepare(
                $"""
                SELECT key, id FROM runs
                WHERE available_until <= ?1 AND status <> {(int)RunStatus.Queued}
                ORDER BY available_until
                LIMIT ?2
                """)
            .Bind(now)
            .Bind(limit);
        var gone = new List<(long, string)>();
        while (row.Step())
        {
            gone.Add((row.Integer(0), row.Id(1)));
        }

        return gone;
    }

    private static void Delete(Connection connection, string sql, long run) => connection.Prepare(sql).Bind(run).Run();

    private static List<DueRun> ReadAll(Statement row)
    {
        var due = new List<DueRun>();
        while (row.Step())
        {
            due.Add(new DueRun(
                row.Id(0), (int)row.Integer(1), (RunStatus)row.Integer(2), row.IsNull(3) ? 0 : row.Integer(3), row.Integer(4)));
        }

        return due;
    }
}
