using System.Text.Json;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Standalone.Storage;

/// <summary>A response to be written to its table, with its body already serialized.</summary>
internal sealed class ResponseRow(HumanResponse response)
{
    private const string TaskKey =
        "(SELECT tasks.key FROM runs JOIN tasks ON tasks.run = runs.key WHERE runs.id = ?1 AND tasks.action = ?2)";

    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(response, CoreJson.Default.HumanResponse);

    public static IReadOnlyList<HumanResponse> OfTask(Connection connection, string taskId)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId)
        {
            return [];
        }

        using var row = connection
            .Prepare($"SELECT body FROM responses WHERE task = {TaskKey} ORDER BY key")
            .BindId(runId)
            .Bind(TaskRow.ActionOf(taskId));
        return ReadAll(row);
    }

    public static HumanResponse? OfSubmission(Connection connection, string taskId, string submissionKey)
    {
        if (HumanTask.RunIdOf(taskId) is not { } runId)
        {
            return null;
        }

        using var row = connection
            .Prepare($"SELECT body FROM responses WHERE task = {TaskKey} AND submission_key = ?3")
            .BindId(runId)
            .Bind(TaskRow.ActionOf(taskId))
            .Bind(submissionKey);
        return row.Step() ? Read(row.Blob(0)) : null;
    }

    public static IReadOnlyList<HumanResponse> Unconsumed(Connection connection, string runId)
    {
        using var row = connection
            .Prepare(
                """
                SELECT body FROM responses
                WHERE run = (SELECT key FROM runs WHERE id = ?1) AND consumed = 0
                ORDER BY key
                """)
            .BindId(runId);
        return ReadAll(row);
    }

    public static void Consume(Connection connection, long run, string responseId) => connection
        .Prepare("UPDATE responses SET consumed = 1 WHERE run = ?1 AND consumed = 0 AND id = ?2")
        .Bind(run)
        .BindId(responseId)
        .Run();

    /// <summary>Returns whether a response with the same submission key is stored.</summary>
    public bool IsRepeated(Connection connection, long run)
    {
        if (response.SubmissionKey is null)
        {
            return false;
        }

        using var row = connection
            .Prepare(
                "SELECT 1 FROM tasks JOIN responses ON task = tasks.key WHERE tasks.run = ?1 AND action = ?2 AND submission_key = ?3")
            .Bind(run)
            .Bind(TaskRow.ActionOf(response.TaskId))
            .Bind(response.SubmissionKey);
        return row.Step();
    }

    public void Insert(Connection connection, long run, bool consumed) => connection
        .Prepare(
            """
            INSERT INTO responses (task, run, id, consumed, submission_key, body)
            SELECT key, ?1, ?3, ?4, ?5, ?6 FROM tasks WHERE run = ?1 AND action = ?2
            """)
        .Bind(run)
        .Bind(TaskRow.ActionOf(response.TaskId))
        .BindId(response.Id)
        .Bind(consumed ? 1 : 0)
        .Bind(response.SubmissionKey)
        .Bind(body)
        .Run();

    private static List<HumanResponse> ReadAll(Statement row)
    {
        var responses = new List<HumanResponse>();
        while (row.Step())
        {
            responses.Add(Read(row.Blob(0)));
        }

        return responses;
    }

    private static HumanResponse Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, CoreJson.Default.HumanResponse)
        ?? throw new JsonException("A response's body is null.");
}
