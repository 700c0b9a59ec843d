using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The tables and their migrations. Each migration runs once, in a transaction; PRAGMA user_version counts them. Bodies
/// are UTF-8 JSON of the records of Core without what the columns beside them hold (see <see cref="StoredJson"/>).
/// Times are UTC ticks, IDs of runs and responses 16 bytes, environments and rule sets keys of names. A correlation ID
/// is NULL where it equals the run's ID, as it nearly always does. Keys are ascending, so lists sort by them.
/// </summary>
internal static partial class Schema
{
    /// <summary>The version that this release writes.</summary>
    public static int Newest => Migrations.Length;

    /// <summary>Returns the migrations that create a database of a version, in order.</summary>
    public static IEnumerable<string> Upto(long version) => Migrations.Take((int)version);

    /// <summary>
    /// Returns whether nothing was ever stored here, not even <see cref="Mark">that it was opened</see>.
    /// </summary>
    public static bool IsEmpty(Connection connection)
    {
        string[] tables = ["runs", "rule_sets", "documents", "reservations", "allowance", "names", "probe"];
        return ReadVersion(connection) == 0
            || Array.TrueForAll(tables, table => !Exists(connection, table) || connection.Prepare($"SELECT 1 FROM {table} LIMIT 1").Integers().Count == 0);
    }

    /// <summary>Writes a row that distinguishes a database without data yet from one that was emptied.</summary>
    public static void Mark(Connection connection)
    {
        try
        {
            if (connection.Prepare("SELECT 1 FROM probe LIMIT 1").Integers().Count == 0)
            {
                connection.Prepare("INSERT INTO probe (key, at) VALUES (1, 0)").Run();
            }
        }
        catch (StorageUnavailableException)
        {
            // reported as soon as something else is written, and retried at the next start
        }
    }

    private static bool Exists(Connection connection, string table) =>
        connection.Prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1").Bind(table).Integers().Count > 0;

    /// <summary>
    /// Migrates a database of any older version, or an empty one, to this version; refuses a newer one.
    /// </summary>
    public static void Migrate(Connection connection, string path)
    {
        var version = ReadVersion(connection);
        if (version > Migrations.Length)
        {
            throw new OperatorException(
                $"The database {path} has schema version {version}, but this release supports versions up to {Migrations.Length}. " +
                "Start the newer release that wrote it, or restore an older backup.");
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

    public static long ReadVersion(Connection connection)
    {
        using var version = connection.Prepare("PRAGMA user_version");
        version.Step();
        return version.Integer(0);
    }
}
