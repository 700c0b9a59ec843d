namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The tables and how they came to be. Each migration runs once, in a transaction; PRAGMA user_version counts them.
/// Bodies are UTF-8 JSON of the records of Core; the columns beside them are what statements ask for. Times are UTC
/// ticks, ids of runs and responses 16 bytes. Keys count up, so that lists go by them.
/// </summary>
internal static class Schema
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE runs (
            key INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment TEXT NOT NULL,
            rule_set TEXT NOT NULL,
            correlation_id TEXT NOT NULL,
            continued_from BLOB,
            wake_at INTEGER,
            available_until INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX runs_by_id ON runs (id);
        CREATE INDEX runs_by_status ON runs (environment, status);
        CREATE INDEX runs_by_rule_set ON runs (environment, rule_set);
        CREATE INDEX runs_by_correlation ON runs (correlation_id);
        CREATE INDEX runs_by_origin ON runs (continued_from) WHERE continued_from IS NOT NULL;
        CREATE INDEX runs_by_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;
        CREATE INDEX runs_by_end ON runs (available_until);

        CREATE TABLE tasks (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            action TEXT NOT NULL,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            environment TEXT NOT NULL,
            title TEXT NOT NULL,
            assignee TEXT,
            correlation_id TEXT NOT NULL,
            due_at INTEGER,
            expires_at INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX tasks_by_action ON tasks (run, action);
        CREATE INDEX tasks_by_status ON tasks (environment, status);
        CREATE INDEX tasks_by_assignee ON tasks (environment, assignee, status) WHERE assignee IS NOT NULL;
        CREATE INDEX tasks_by_expiry ON tasks (environment, expires_at) WHERE status = 0;
        CREATE INDEX tasks_by_due ON tasks (environment, due_at) WHERE status = 0 AND due_at IS NOT NULL;

        CREATE TABLE responses (
            key INTEGER PRIMARY KEY,
            task INTEGER NOT NULL,
            run INTEGER NOT NULL,
            id BLOB NOT NULL,
            consumed INTEGER NOT NULL,
            submission_key TEXT,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX responses_by_submission ON responses (task, submission_key);
        CREATE INDEX responses_unconsumed ON responses (run) WHERE consumed = 0;

        CREATE TABLE log (
            run INTEGER NOT NULL,
            version INTEGER NOT NULL,
            lines BLOB NOT NULL,
            PRIMARY KEY (run, version)
        ) WITHOUT ROWID;

        CREATE TABLE allowance (
            environment TEXT NOT NULL,
            month INTEGER NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (environment, month)
        ) WITHOUT ROWID;

        CREATE TABLE rule_sets (
            environment TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            definition BLOB NOT NULL
        );
        CREATE UNIQUE INDEX rule_sets_by_name ON rule_sets (environment, name, version);

        CREATE TABLE reservations (
            environment TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            id TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            sealed_answer BLOB
        );
        CREATE UNIQUE INDEX reservations_by_key ON reservations (environment, idempotency_key);
        CREATE INDEX reservations_by_time ON reservations (made_at);
        """,

        // whose tree a run belongs to, who saved a rule set, and a row to try whether anything can be written
        """
        ALTER TABLE runs ADD COLUMN root BLOB;
        CREATE INDEX runs_by_root ON runs (root) WHERE root IS NOT NULL;
        ALTER TABLE rule_sets ADD COLUMN saved_by TEXT;
        CREATE TABLE probe (key INTEGER PRIMARY KEY, at INTEGER NOT NULL);
        """,
    ];

    /// <summary>The version that this release writes.</summary>
    public static int Newest => Migrations.Length;

    /// <summary>Brings a database of any older version, or an empty one, to this version; refuses a newer one.</summary>
    public static void Migrate(Connection connection, string path)
    {
        var version = ReadVersion(connection);
        if (version > Migrations.Length)
        {
            throw new OperatorException(
                $"The database {path} has schema version {version}, and this HumanTasks knows versions up to {Migrations.Length}: " +
                "it was written by a newer release. Start that release or a newer one, or restore an older backup.");
        }

        for (var next = version; next < Migrations.Length; next++)
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                connection.Execute(Migrations[next]);
                connection.Execute($"PRAGMA user_version = {next + 1}");
                connection.Execute("COMMIT");
            }
            catch
            {
                connection.Execute("ROLLBACK");
                throw;
            }
        }
    }

    private static long ReadVersion(Connection connection)
    {
        using var version = connection.Prepare("PRAGMA user_version");
        version.Step();
        return version.Integer(0);
    }
}
