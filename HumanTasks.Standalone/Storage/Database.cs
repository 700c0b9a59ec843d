namespace HumanTasks.Standalone.Storage;

/// <summary>The database of a data folder: one writer, and readers beside it.</summary>
internal sealed class Database : IDisposable
{
    private readonly Writer writer;
    private readonly Readers readers;

    private Database(Writer writer, Readers readers)
    {
        this.writer = writer;
        this.readers = readers;
    }

    /// <summary>Opens the database, creating or migrating it if need be; refuses one of a newer release.</summary>
    public static Database Open(DataFolder folder)
    {
        var connection = Connection.OpenToWrite(folder.Database);
        try
        {
            Schema.Migrate(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new Database(new Writer(connection), new Readers(folder.Database));
    }

    /// <inheritdoc cref="Writer.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken) =>
        writer.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken) =>
        readers.ReadAsync(read, cancellationToken);

    /// <summary>Readers go first, so that the writer's connection is the last one and folds the log into the database.</summary>
    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }
}
