using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>A run on its way to the table, its body already written so that the writer's thread need not.</summary>
internal sealed class RunRow(Run run)
{
    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(run, CoreJson.Default.Run);

    public Run Run => run;

    public static Run? Find(Connection connection, string id)
    {
        using var row = connection.Prepare("SELECT body FROM runs WHERE id = ?1").BindId(id);
        return row.Step() ? Read(row.Blob(0)) : null;
    }

    public static Run OfKey(Connection connection, long key)
    {
        using var row = connection.Prepare("SELECT body FROM runs WHERE key = ?1").Bind(key);
        return Read(row.Step() ? row.Blob(0) : default);
    }

    public static Run Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, CoreJson.Default.Run) ?? throw new JsonException("A run's body is null.");

    /// <summary>The key of a run, or null when there is none with that id.</summary>
    public static long? KeyOf(Connection connection, string id)
    {
        using var row = connection.Prepare("SELECT key FROM runs WHERE id = ?1").BindId(id);
        return row.Step() ? row.Integer(0) : null;
    }

    /// <summary>The key of a run at exactly this version, or null.</summary>
    public static long? KeyOf(Connection connection, string id, int version)
    {
        using var row = connection.Prepare("SELECT key FROM runs WHERE id = ?1 AND version = ?2").BindId(id).Bind(version);
        return row.Step() ? row.Integer(0) : null;
    }

    /// <summary>Inserts the run and counts it. Null, and nothing written, when it exists or is over the allowance.</summary>
    public long? Insert(Connection connection, Metering? metering)
    {
        var statement = connection
            .Prepare(
                """
                INSERT INTO runs (
                    id, version, status, environment, rule_set, correlation_id, continued_from, wake_at, available_until, body, root)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?13
                WHERE ?12 IS NULL
                    OR ?12 > coalesce((SELECT used FROM allowance WHERE environment = ?4 AND month = ?11), 0)
                ON CONFLICT (id) DO NOTHING
                """)
            .BindId(run.Id)
            .Bind(run.Version)
            .Bind((int)run.State.Status)
            .Bind(run.Environment)
            .Bind(run.RuleSet)
            .Bind(run.CorrelationId)
            .BindId(run.ContinuedFrom)
            .Bind(run.WakeAt)
            .Bind(run.AvailableUntil)
            .Bind(body)
            .Bind(metering?.Month)
            .Bind(metering?.Allowance)
            .BindId(run.Root);
        if (statement.Run() == 0)
        {
            return null;
        }

        var key = connection.LastKey;
        if (metering is not null)
        {
            Allowance.Count(connection, run.Environment, metering.Month, 1);
        }

        return key;
    }

    public void Update(Connection connection, long key) => connection
        .Prepare("UPDATE runs SET version = ?2, status = ?3, wake_at = ?4, available_until = ?5, body = ?6 WHERE key = ?1")
        .Bind(key)
        .Bind(run.Version)
        .Bind((int)run.State.Status)
        .Bind(run.WakeAt)
        .Bind(run.AvailableUntil)
        .Bind(body)
        .Run();
}
