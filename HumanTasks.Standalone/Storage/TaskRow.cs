using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Stored;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>A human task to be written to its table, with its body already serialized.</summary>
internal sealed class TaskRow(HumanTask task)
{
    /// <summary>The columns of <see cref="Tables"/> that <see cref="Read"/> reads.</summary>
    public const string Columns =
        "runs.id, tasks.environment, runs.rule_set, runs.correlation_id, tasks.action, tasks.version, tasks.title, "
        + "tasks.assignee, tasks.due_at, tasks.expires_at, tasks.body, forms.body";

    /// <summary>The number of those columns.</summary>
    public const int Width = 12;

    /// <summary>The tables of tasks with their runs and forms.</summary>
    public const string Tables =
        "tasks CROSS JOIN runs ON runs.key = tasks.run LEFT JOIN forms ON forms.key = tasks.form";

    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(WithLastForm(StoredTask.Of(task), default), StoredJson.Task);
    private readonly FormRow form = new(task.Question.CurrentRound.Form);

    public static HumanTask? Find(Connection connection, string taskId)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId)
        {
            return null;
        }

        using var row = connection
            .Prepare($"SELECT {Columns} FROM {Tables} WHERE run = (SELECT key FROM runs WHERE id = ?1) AND action = ?2")
            .BindId(runId)
            .Bind(ActionOf(taskId));
        return row.Step() ? Read(connection, row, 0) : null;
    }

    public static HumanTask OfKey(Connection connection, long key)
    {
        using var row = connection.Prepare($"SELECT {Columns} FROM {Tables} WHERE tasks.key = ?1").Bind(key);
        return row.Step() ? Read(connection, row, 0) : throw new InvalidDataException($"No task and run have the key {key}.");
    }

    /// <summary>Reads the task in a row, with its columns starting at this one.</summary>
    public static HumanTask Read(Connection connection, Statement row, int column)
    {
        var stored = JsonSerializer.Deserialize(row.Blob(column + 10), StoredJson.Task)
            ?? throw new JsonException("A task's body is null.");
        var runId = row.Id(column);
        var action = row.Text(column + 4);
        stored = row.IsNull(column + 11) ? stored : WithLastForm(stored, FormRow.Read(row.Blob(column + 11)));
        stored = stored with
        {
            Id = HumanTask.IdOf(runId, action),
            RunId = runId,
            Environment = connection.Names.Of(row.Integer(column + 1)),
            RuleSet = connection.Names.Of(row.Integer(column + 2)),
            CorrelationId = row.TextOrNull(column + 3) ?? runId,
            Action = action,
            Version = (int)row.Integer(column + 5),
            Title = row.Text(column + 6),
            Assignee = row.TextOrNull(column + 7),
            DueAt = row.TimeOrNull(column + 8),
            ExpiresAt = row.Time(column + 9),
        };
        return stored.Read();
    }

    public static IReadOnlyList<HumanTask> OfRun(Connection connection, string runId)
    {
        using var row = connection
            .Prepare($"SELECT {Columns} FROM {Tables} WHERE run = (SELECT key FROM runs WHERE id = ?1) ORDER BY tasks.key")
            .BindId(runId);
        var tasks = new List<HumanTask>();
        while (row.Step())
        {
            tasks.Add(Read(connection, row, 0));
        }

        return tasks;
    }

    public static string ActionOf(string taskId) => taskId[(Ids.Length + 1)..];

    /// <summary>
    /// Returns whether the table has the task at the version before this one; for a first version, whether it has no
    /// such task.
    /// </summary>
    public bool Follows(Connection connection, long run)
    {
        using var row = connection
            .Prepare("SELECT version FROM tasks WHERE run = ?1 AND action = ?2")
            .Bind(run)
            .Bind(ActionOf(task.Id));
        return (row.Step() ? row.Integer(0) : 0) == task.History.Version - 1;
    }

    public void Write(Connection connection, long run)
    {
        if (task.History.Version == 1)
        {
            Insert(connection, run);
        }
        else
        {
            Update(connection, run);
        }
    }

    private void WriteTeam(Connection connection)
    {
        foreach (var address in task.Asked is Asked.Several ? task.Asked.Assignees : [])
        {
            connection
                .Prepare("INSERT OR IGNORE INTO teams (address, assignees) VALUES (?1, ?2)")
                .Bind(address)
                .Bind(task.Asked.Names)
                .Run();
        }
    }

    public void Update(Connection connection, long run)
    {
        var before = task.Question.Rounds.Count > 1 ? FormOf(connection, run) : null;
        var now = form.Write(connection);
        WriteTeam(connection);
        connection
            .Prepare(
                """
                UPDATE tasks
                SET version = ?3, status = ?4, title = ?5, assignee = ?6, due_at = ?7, expires_at = ?8, form = ?9, body = ?10
                WHERE run = ?1 AND action = ?2
                """)
            .Bind(run)
            .Bind(ActionOf(task.Id))
            .Bind(task.History.Version)
            .Bind((int)task.State.Status)
            .Bind(task.Question.Title)
            .Bind(task.Asked.Names)
            .Bind(task.Schedule.DueAt)
            .Bind(task.Schedule.ExpiresAt)
            .Bind(now)
            .Bind(body)
            .Run();
        if (before is { } old && old != now)
        {
            FormRow.DeleteUnused(connection, old);
        }
    }

    private long? FormOf(Connection connection, long run)
    {
        using var row = connection
            .Prepare("SELECT form FROM tasks WHERE run = ?1 AND action = ?2 AND form IS NOT NULL")
            .Bind(run)
            .Bind(ActionOf(task.Id));
        return row.Step() ? row.Integer(0) : null;
    }

    private void Insert(Connection connection, long run)
    {
        WriteTeam(connection);
        connection.Prepare(
            """
            INSERT INTO tasks (
                run, action, version, status, environment, title, assignee, due_at, expires_at, form, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """)
            .Bind(run)
            .Bind(ActionOf(task.Id))
            .Bind(task.History.Version)
            .Bind((int)task.State.Status)
            .Bind(connection.Names.Make(task.Environment))
            .Bind(task.Question.Title)
            .Bind(task.Asked.Names)
            .Bind(task.Schedule.DueAt)
            .Bind(task.Schedule.ExpiresAt)
            .Bind(form.Write(connection))
            .Bind(body)
            .Run();
    }

    /// <summary>
    /// Adds the task's last form from the table of forms. It is nearly always the only one; earlier ones stay in the
    /// body.
    /// </summary>
    private static StoredTask WithLastForm(StoredTask task, JsonElement form) => task with
    {
        Rounds = [.. task.Rounds.SkipLast(1), task.Rounds[^1] with { Form = form }],
    };
}
