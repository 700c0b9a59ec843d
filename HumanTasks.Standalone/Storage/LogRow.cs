using System.Text.Json;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>The log lines of one commit: one row, under the version that the commit created.</summary>
internal sealed class LogRow(IReadOnlyList<LogLine> lines)
{
    private const byte List = (byte)'l';

    private readonly byte[]? body =
        lines.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(lines, CoreJson.Default.IReadOnlyListLogLine);

    public void Insert(Connection connection, long run, int version)
    {
        if (body is not null)
        {
            connection
                .Prepare("INSERT INTO log (run, version, lines) VALUES (?1, ?2, ?3)")
                .Bind(run)
                .Bind(version)
                .Bind(body)
                .Run();
        }
    }

    public static Page<LogLine> Read(Connection connection, string runId, string? cursor, int limit)
    {
        var (_, version, skip) = Cursor.Read(cursor, List) ?? default;
        using var row = connection
            .Prepare(
                """
                SELECT version, lines FROM log
                WHERE run = (SELECT key FROM runs WHERE id = ?1) AND version >= ?2
                ORDER BY version
                """)
            .BindId(runId)
            .Bind(version);

        var page = new List<LogLine>();
        while (row.Step())
        {
            var lines = JsonSerializer.Deserialize(row.Blob(1), CoreJson.Default.LogLineArray) ?? [];
            for (var i = row.Integer(0) == version ? skip : 0; i < lines.Length; i++)
            {
                if (page.Count == limit)
                {
                    return new Page<LogLine>(page, new Cursor(List, row.Integer(0), i).ToString());
                }

                page.Add(lines[i]);
            }
        }

        return new Page<LogLine>(page, null);
    }
}
