using System.Buffers;
using System.Text;
using HumanTasks.Core;
using SQLitePCL;
using static SQLitePCL.raw;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// A prepared statement of a connection. Values are bound in the order of their numbers; every use must bind all of
/// them.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int OnStack = 256;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly Connection connection;
    private readonly sqlite3_stmt handle;
    private int bound;

    public Statement(Connection connection, sqlite3 database, string sql)
    {
        this.connection = connection;
        connection.Check(sqlite3_prepare_v3(database, sql, SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public Statement Begin()
    {
        bound = 0;
        return this;
    }

    public Statement Bind(long value)
    {
        connection.Check(sqlite3_bind_int64(handle, ++bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } present ? Bind(present) : BindNull();

    public Statement Bind(DateTimeOffset value) => Bind(value.UtcTicks);

    public Statement Bind(DateTimeOffset? value) => value is { } present ? Bind(present.UtcTicks) : BindNull();

    public Statement Bind(ReadOnlySpan<byte> blob)
    {
        connection.Check(sqlite3_bind_blob(handle, ++bound, blob));
        return this;
    }

    public Statement Bind(string? text)
    {
        if (text is null)
        {
            return BindNull();
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[OnStack];
        connection.Check(sqlite3_bind_text(handle, ++bound, buffer[..Encoding.UTF8.GetBytes(text, buffer)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    /// <summary>
    /// Binds an ID of <see cref="Ids"/> as its bytes, or as NULL, which equals nothing, when the text is not an ID.
    /// </summary>
    public Statement BindId(string? id)
    {
        Span<byte> bytes = stackalloc byte[Ids.ByteLength];
        return id is not null && Ids.TryDecode(id, bytes) ? Bind(bytes) : BindNull();
    }

    public Statement BindNull()
    {
        connection.Check(sqlite3_bind_null(handle, ++bound));
        return this;
    }

    /// <summary>Advances to the next row; returns false after the last one.</summary>
    public bool Step()
    {
        var code = sqlite3_step(handle);
        connection.Check(code);
        return code == SQLITE_ROW;
    }

    /// <summary>Runs a statement without result rows; returns how many rows it wrote.</summary>
    public int Run()
    {
        using (this)
        {
            Step();
            return connection.Changes;
        }
    }

    public bool IsNull(int column) => sqlite3_column_type(handle, column) == SQLITE_NULL;

    public long Integer(int column) => sqlite3_column_int64(handle, column);

    public DateTimeOffset Time(int column) => new(Integer(column), TimeSpan.Zero);

    /// <exception cref="DecoderFallbackException">The text is not UTF-8: the row is damaged.</exception>
    public string Text(int column) => Utf8.GetString(Blob(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public string? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public string Id(int column) => Ids.Encode(Blob(column));

    /// <summary>Returns the bytes in SQLite's own memory, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(handle, column);

    /// <summary>Returns the first column of every row, as keys, and gives the statement back.</summary>
    public List<long> Integers()
    {
        using (this)
        {
            var integers = new List<long>();
            while (Step())
            {
                integers.Add(Integer(0));
            }

            return integers;
        }
    }

    /// <summary>Gives the statement back to its connection.</summary>
    public void Dispose() => _ = sqlite3_reset(handle); // repeats the code of a step that failed and was reported

    public void Close() => handle.Dispose();
}
