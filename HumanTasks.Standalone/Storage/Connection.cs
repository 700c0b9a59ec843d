using HumanTasks.Core.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A connection of Microsoft.Data.Sqlite that one thread uses at a time. It prepares statements once on its handle and
/// keeps them, without ADO.NET commands and parameters, which cost more than most of the statements.
/// </summary>
internal sealed class Connection : IDisposable
{
    /// <summary>The mask for the primary result code; the other bits give details.</summary>
    public const int PrimaryCode = 0xFF;

    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    static Connection()
    {
        Batteries_V2.Init();

        // one thread uses a connection at a time, and SQLite's memory statistics would lock every allocation
        _ = sqlite3_shutdown();
        _ = sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        _ = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        _ = sqlite3_initialize();
    }

    private Connection(SqliteConnection connection)
    {
        this.connection = connection;
        handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Names = new Names(this);
    }

    /// <summary>The names of environments and rule sets, which rows store as numbers.</summary>
    public Names Names { get; }

    /// <summary>A callback that is called when SQLite reports a damaged file.</summary>
    public Action<string>? OnDamage { get; set; }

    /// <summary>The number of rows that the last statement wrote.</summary>
    public int Changes => sqlite3_changes(handle);

    public long LastKey => sqlite3_last_insert_rowid(handle);

    public bool InTransaction => sqlite3_get_autocommit(handle) == 0;

    public static Connection OpenToWrite(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Matching.Register(connection.connection);
        connection.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        // small, because a commit scans the whole cache, and the system's file cache holds the rest
        connection.Execute("PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864");
        return connection;
    }

    public static Connection OpenToRead(string path, Action<string>? onDamage = null)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly, onDamage);
        connection.Execute("PRAGMA query_only = 1; PRAGMA cache_size = -512");
        Matching.Register(connection.connection);
        return connection;
    }

    /// <summary>Opens a connection that copies the whole database while others write.</summary>
    public static Connection OpenToCopy(string path) => Open(path, SqliteOpenMode.ReadWrite);

    /// <summary>Opens an empty database that exists as long as its connection.</summary>
    public static Connection OpenInMemory()
    {
        var connection = Open(":memory:", SqliteOpenMode.Memory);
        Matching.Register(connection.connection);
        return connection;
    }

    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(handle, sql));

    public void Rollback()
    {
        Names.Forget();
        Prepare("ROLLBACK").Run();
    }

    /// <summary>Writes a snapshot of the whole database to a file, while others continue to write.</summary>
    public void CopyInto(string path) => Prepare("VACUUM INTO ?1").Bind(path).Run();

    /// <summary>Returns the statement, ready for its values. Dispose it to return it to the cache.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(this, handle, sql);
            statements.Add(sql, statement);
        }

        return statement.Begin();
    }

    /// <summary>
    /// Throws the error that SQLite reported: a <see cref="StorageUnavailableException"/> when the disk is full or
    /// cannot be written, otherwise an <see cref="IOException"/> with the result code as its
    /// <see cref="Exception.HResult"/>.
    /// </summary>
    public void Check(int code)
    {
        if (code is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
        {
            var extended = sqlite3_extended_errcode(handle);
            var words = $"SQLite says {extended}: {sqlite3_errmsg(handle).utf8_to_string()}";
            if ((extended & PrimaryCode) is SQLITE_CORRUPT or SQLITE_NOTADB)
            {
                OnDamage?.Invoke(words);
            }

            throw (extended & PrimaryCode) is SQLITE_FULL or SQLITE_IOERR or SQLITE_READONLY or SQLITE_CANTOPEN
                ? new StorageUnavailableException(words)
                : new IOException(words, extended);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Close();
        }

        statements.Clear();
        connection.Dispose();
    }

    /// <summary>
    /// Returns whether the file is shorter than its first page says. The write-ahead log must be empty.
    /// </summary>
    public bool IsTruncated(string path)
    {
        Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Integers();
        return new FileInfo(path).Length < Number("PRAGMA page_count") * Number("PRAGMA page_size");
    }

    private long Number(string pragma) => Prepare(pragma).Integers() is [var number] ? number : 0;

    private static Connection Open(string path, SqliteOpenMode mode, Action<string>? onDamage = null)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var sqlite = new SqliteConnection(settings.ToString());
        try
        {
            sqlite.Open();
            var connection = new Connection(sqlite) { OnDamage = onDamage };
            sqlite3_busy_timeout(connection.handle, 10_000);
            connection.Execute("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0");
            return connection;
        }
        catch
        {
            sqlite.Dispose();
            throw;
        }
    }
}
