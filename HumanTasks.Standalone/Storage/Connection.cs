using SQLitePCL;
using static SQLitePCL.raw;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// One connection to the database, used by one thread at a time. It prepares each statement once and keeps it. This
/// talks to SQLite directly: what ADO.NET does around each command costs more than most of our statements.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    static Connection()
    {
        Batteries_V2.Init();

        // without its statistics of memory SQLite needs no lock around every allocation
        _ = sqlite3_shutdown();
        _ = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        _ = sqlite3_initialize();
    }

    private Connection(sqlite3 handle) => this.handle = handle;

    /// <summary>How many rows the last statement wrote.</summary>
    public int Changes => sqlite3_changes(handle);

    public long LastKey => sqlite3_last_insert_rowid(handle);

    public bool InTransaction => sqlite3_get_autocommit(handle) == 0;

    public static Connection OpenToWrite(string path)
    {
        var connection = Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        connection.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        connection.Execute("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864");
        return connection;
    }

    public static Connection OpenToRead(string path)
    {
        var connection = Open(path, SQLITE_OPEN_READONLY);
        connection.Execute("PRAGMA query_only = 1; PRAGMA cache_size = -4096");
        Matching.Register(connection.handle);
        return connection;
    }

    /// <summary>Runs statements that take and give no values.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(handle, sql));

    /// <summary>The statement, ready to take its values; dispose it to give it back.</summary>
    public Statement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(this, handle, sql);
            statements.Add(sql, statement);
        }

        return statement.Begin();
    }

    /// <summary>Throws what SQLite said, its result code as the <see cref="Exception.HResult"/>.</summary>
    public void Check(int code)
    {
        if (code is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
        {
            var extended = sqlite3_extended_errcode(handle);
            throw new IOException($"SQLite says {extended}: {sqlite3_errmsg(handle).utf8_to_string()}", extended);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Close();
        }

        statements.Clear();
        handle.Dispose();
    }

    private static Connection Open(string path, int flags)
    {
        var code = sqlite3_open_v2(path, out var handle, flags | SQLITE_OPEN_NOMUTEX, null);
        var connection = new Connection(handle);
        try
        {
            connection.Check(code);
            sqlite3_extended_result_codes(handle, 1);
            sqlite3_busy_timeout(handle, 10_000);
            connection.Execute("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
