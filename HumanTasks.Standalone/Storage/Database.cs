using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>The database of a data folder: one writer, and several readers.</summary>
internal sealed class Database : IDisposable
{
    private readonly Writer writer;
    private readonly Readers readers;

    private Database(Writer writer, Readers readers, StorageState state)
    {
        this.writer = writer;
        this.readers = readers;
        State = state;
    }

    /// <summary>Whether the database can be written.</summary>
    public StorageState State { get; }

    /// <summary>Opens the database, creating or migrating it if needed; refuses one of a newer release.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="state">Receives the results of commits, and damage.</param>
    /// <param name="mayBeEmpty">
    /// False for an installation that had stored data: an empty database is refused then.
    /// </param>
    public static Database Open(DataFolder folder, StorageState state, bool mayBeEmpty = true)
    {
        var connection = OpenToWrite(folder.Database);
        try
        {
            if (connection.IsTruncated(folder.Database))
            {
                throw new OperatorException(
                    $"The database {folder.Database} is truncated. Run the host with --check for the next steps.");
            }

            if (!mayBeEmpty && Schema.IsEmpty(connection))
            {
                throw EmptiedDatabase.Refusal(folder.Database);
            }

            RefuseMissingTables(connection, folder.Database);
            Schema.Migrate(connection, folder.Database);
            Schema.Mark(connection);
            connection.OnDamage = state.Damaged; // before this, the start itself reports damage, in one line
        }
        catch (IOException problem) when (DamagedRows.Is(problem))
        {
            connection.Dispose();
            throw new OperatorException(
                $"The database {folder.Database} is damaged and can't be opened. Nothing was changed. "
                + $"Run the host with --check for the next steps. {problem.Message}",
                problem);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new Database(new Writer(connection, state), new Readers(folder.Database, state.Damaged), state);
    }

    private static void RefuseMissingTables(Connection connection, string path)
    {
        if (Schema.ReadVersion(connection) <= Schema.Newest && MissingTables.In(connection) is [var missing, ..])
        {
            throw new OperatorException(
                $"The database {path} is damaged: its {missing} is missing. Run the host with --check for the next steps.");
        }
    }

    private static Connection OpenToWrite(string path)
    {
        try
        {
            return Connection.OpenToWrite(path);
        }
        catch (Exception problem) when (IsNoDatabase(problem))
        {
            throw new OperatorException(
                $"The file {path} is not a HumanTasks database. Move it and restore a backup with --restore FOLDER, "
                + "or choose another data folder with HumanTasks__DataFolder.",
                problem);
        }
        catch (IOException problem) when (DamagedRows.Is(problem))
        {
            throw new OperatorException(
                $"The database {path} is damaged and cannot be opened. Run the host with --check for the next steps. {problem.Message}",
                problem);
        }
        catch (Exception problem) when (problem is StorageUnavailableException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new OperatorException($"Couldn't open the database {path}: {problem.Message}", problem);
        }
    }

    private static bool IsNoDatabase(Exception problem) =>
        problem is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB }
        || (problem is IOException io && (io.HResult & Connection.PrimaryCode) == SQLitePCL.raw.SQLITE_NOTADB);

    /// <inheritdoc cref="Writer.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken) =>
        writer.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken) =>
        readers.ReadAsync(read, cancellationToken);

    /// <summary>
    /// Closes the readers first, so that the writer's connection is the last and checkpoints the log.
    /// </summary>
    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }
}
