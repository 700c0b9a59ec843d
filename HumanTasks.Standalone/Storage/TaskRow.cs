using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>A human task on its way to the table, its body already written.</summary>
internal sealed class TaskRow(HumanTask task)
{
    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(task, CoreJson.Default.HumanTask);

    public static HumanTask? Find(Connection connection, string taskId)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId)
        {
            return null;
        }

        using var row = connection
            .Prepare("SELECT body FROM tasks WHERE run = (SELECT key FROM runs WHERE id = ?1) AND action = ?2")
            .BindId(runId)
            .Bind(ActionOf(taskId));
        return row.Step() ? Read(row.Blob(0)) : null;
    }

    public static HumanTask OfKey(Connection connection, long key)
    {
        using var row = connection.Prepare("SELECT body FROM tasks WHERE key = ?1").Bind(key);
        return Read(row.Step() ? row.Blob(0) : default);
    }

    public static HumanTask Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, CoreJson.Default.HumanTask) ?? throw new JsonException("A task's body is null.");

    public static IReadOnlyList<HumanTask> OfRun(Connection connection, string runId)
    {
        using var row = connection
            .Prepare("SELECT body FROM tasks WHERE run = (SELECT key FROM runs WHERE id = ?1) ORDER BY key")
            .BindId(runId);
        var tasks = new List<HumanTask>();
        while (row.Step())
        {
            tasks.Add(Read(row.Blob(0)));
        }

        return tasks;
    }

    public static string ActionOf(string taskId) => taskId[(Ids.Length + 1)..];

    /// <summary>Whether the table has the task at the version before this one; for a first version, no such task.</summary>
    public bool Follows(Connection connection, long run)
    {
        using var row = connection
            .Prepare("SELECT version FROM tasks WHERE run = ?1 AND action = ?2")
            .Bind(run)
            .Bind(ActionOf(task.Id));
        return (row.Step() ? row.Integer(0) : 0) == task.Version - 1;
    }

    public void Write(Connection connection, long run)
    {
        if (task.Version == 1)
        {
            Insert(connection, run);
        }
        else
        {
            Update(connection, run);
        }
    }

    public void Update(Connection connection, long run) => connection
        .Prepare(
            """
            UPDATE tasks SET version = ?3, status = ?4, title = ?5, assignee = ?6, due_at = ?7, expires_at = ?8, body = ?9
            WHERE run = ?1 AND action = ?2
            """)
        .Bind(run)
        .Bind(ActionOf(task.Id))
        .Bind(task.Version)
        .Bind((int)task.State.Status)
        .Bind(task.Title)
        .Bind(task.Assignee)
        .Bind(task.DueAt)
        .Bind(task.ExpiresAt)
        .Bind(body)
        .Run();

    private void Insert(Connection connection, long run) => connection
        .Prepare(
            """
            INSERT INTO tasks (
                run, action, version, status, environment, title, assignee, correlation_id, due_at, expires_at, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """)
        .Bind(run)
        .Bind(ActionOf(task.Id))
        .Bind(task.Version)
        .Bind((int)task.State.Status)
        .Bind(task.Environment)
        .Bind(task.Title)
        .Bind(task.Assignee)
        .Bind(task.CorrelationId)
        .Bind(task.DueAt)
        .Bind(task.ExpiresAt)
        .Bind(body)
        .Run();
}
