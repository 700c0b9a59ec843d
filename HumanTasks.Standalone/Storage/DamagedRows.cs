using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace HumanTasks.Standalone.Storage;

/// <summary>The rows that cannot be read: lists skip them, and each is logged once.</summary>
internal sealed partial class DamagedRows(ILogger<DamagedRows> logger)
{
    private readonly ConcurrentDictionary<(string Table, long Key), bool> known = new();

    public int Count => known.Count;

    /// <summary>Returns whether an exception means exactly that a row cannot be read.</summary>
    public static bool Is(Exception problem) =>
        problem is JsonException or DecoderFallbackException or InvalidDataException
        || (problem is IOException io && (io.HResult & Connection.PrimaryCode) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB);

    /// <summary>Returns what the row holds, or null after noting the row as damaged.</summary>
    public T? Read<T>(Connection connection, string table, long key, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (Is(problem))
        {
            if (known.TryAdd((table, key), true))
            {
                LogDamaged(table, key, IdOf(connection, table, key), problem.Message);
            }

            return null;
        }
    }

    private static string IdOf(Connection connection, string table, long key)
    {
        try
        {
            using var row = connection
                .Prepare(table == "runs"
                    ? "SELECT id, '' FROM runs WHERE key = ?1"
                    : "SELECT runs.id, '-' || tasks.action FROM tasks JOIN runs ON runs.key = tasks.run WHERE tasks.key = ?1")
                .Bind(key);
            return row.Step() ? row.Id(0) + row.Text(1) : "unknown";
        }
        catch (IOException)
        {
            return "unreadable, too";
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Row {Key} of {Table}, id {Id}, is unreadable and skipped in lists: {Problem} Run the host with --check.")]
    private partial void LogDamaged(string table, long key, string id, string problem);
}
