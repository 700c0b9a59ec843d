using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A run to be written to its table, with its body serialized beforehand to spare the writer's thread.
/// </summary>
internal sealed class RunRow(Run run)
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns =
        "runs.id, runs.version, runs.environment, runs.rule_set, runs.correlation_id, runs.continued_from, runs.root, "
        + "runs.available_until, runs.body, runs.status";

    /// <summary>The number of those columns.</summary>
    public const int Width = 10;

    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(run, StoredJson.Run);

    public Run Run => run;

    public static Run? Find(Connection connection, string id)
    {
        using var row = connection.Prepare($"SELECT {Columns} FROM runs WHERE id = ?1").BindId(id);
        return row.Step() ? Read(connection, row, 0) : null;
    }

    public static Run OfKey(Connection connection, long key)
    {
        using var row = connection.Prepare($"SELECT {Columns} FROM runs WHERE key = ?1").Bind(key);
        return row.Step() ? Read(connection, row, 0) : throw new InvalidDataException($"No run has the key {key}.");
    }

    /// <summary>Reads the run in a row, with its columns starting at this one.</summary>
    public static Run Read(Connection connection, Statement row, int column)
    {
        var id = row.Id(column);
        var version = (int)row.Integer(column + 1);
        var environment = connection.Names.Of(row.Integer(column + 2));
        var ruleSet = connection.Names.Of(row.Integer(column + 3));
        var correlationId = row.TextOrNull(column + 4) ?? id;
        var availableUntil = row.Time(column + 7);
        var status = (RunStatus)row.Integer(column + 9);
        Run stored;
        try
        {
            stored = JsonSerializer.Deserialize(row.Blob(column + 8), StoredJson.Run) ?? throw new JsonException("A run's body is null.");
        }
        catch (Exception damaged) when (status is RunStatus.Failed or RunStatus.Cancelled && DamagedRows.Is(damaged))
        {
            // it failed because it cannot be read, and is shown as such
            return Run.Unreadable(id, environment, ruleSet, correlationId, version, status, availableUntil);
        }

        return stored with
        {
            Id = id,
            Version = version,
            Environment = environment,
            RuleSet = ruleSet,
            CorrelationId = correlationId,
            ContinuedFrom = row.IdOrNull(column + 5),
            Root = row.IdOrNull(column + 6),
            AvailableUntil = availableUntil,
        };
    }

    /// <summary>Returns the key of a run, or null when none has that ID.</summary>
    public static long? KeyOf(Connection connection, string id)
    {
        using var row = connection.Prepare("SELECT key FROM runs WHERE id = ?1").BindId(id);
        return row.Step() ? row.Integer(0) : null;
    }

    /// <summary>Returns the key of a run at exactly this version, or null.</summary>
    public static long? KeyOf(Connection connection, string id, int version)
    {
        using var row = connection.Prepare("SELECT key FROM runs WHERE id = ?1 AND version = ?2").BindId(id).Bind(version);
        return row.Step() ? row.Integer(0) : null;
    }

    /// <summary>
    /// Inserts the run and counts it. Returns null, and writes nothing, when it exists or the allowance is used up.
    /// </summary>
    public long? Insert(Connection connection, Metering? metering)
    {
        var (environment, ruleSet) = (connection.Names.Make(run.Environment), connection.Names.Make(run.RuleSet));
        var statement = connection
            .Prepare(
                """
                INSERT INTO runs (
                    id, version, status, environment, rule_set, correlation_id, continued_from, root, wake_at, available_until, body, words)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?15
                WHERE ?12 IS NULL
                    OR ?12 > coalesce((SELECT used FROM allowance WHERE environment = ?13 AND month = ?14), 0)
                ON CONFLICT (id) DO NOTHING
                """)
            .BindId(run.Id)
            .Bind(run.Version)
            .Bind((int)run.State.Status)
            .Bind(environment)
            .Bind(ruleSet)
            .Bind(run.CorrelationId == run.Id ? null : run.CorrelationId)
            .BindId(run.ContinuedFrom)
            .BindId(run.Root)
            .Bind(run.WakeAt)
            .Bind(run.AvailableUntil)
            .Bind(body)
            .Bind(metering?.Allowance)
            .Bind(run.Environment)
            .Bind(metering?.Month)
            .Bind(NameWords.Of(run));
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
        .Prepare("UPDATE runs SET version = ?2, status = ?3, wake_at = ?4, available_until = ?5, body = ?6, words = ?7 WHERE key = ?1")
        .Bind(key)
        .Bind(run.Version)
        .Bind((int)run.State.Status)
        .Bind(run.WakeAt)
        .Bind(run.AvailableUntil)
        .Bind(body)
        .Bind(NameWords.Of(run))
        .Run();
}
