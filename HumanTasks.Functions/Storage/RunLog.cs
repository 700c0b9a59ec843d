using System.Globalization;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Storage;

/// <summary>The log of a run: an entity for each turn, under the version that the turn created.</summary>
internal sealed class RunLog(StorageTables tables, Records records)
{
    /// <summary>Reads a page of the log.</summary>
    /// <param name="runId">The run's ID.</param>
    /// <param name="cursor">The version and the number of the next line.</param>
    /// <param name="limit">The number of lines.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Page<LogLine>> ReadAsync(
        string runId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = new List<LogLine>();
        if (!Ids.IsId(runId))
        {
            return new Page<LogLine>(page, null);
        }

        var (version, skip) = string.IsNullOrEmpty(cursor) ? (0, 0) : Read(cursor) ?? throw new InvalidCursorException();
        var turns = tables.Runs.RangeAsync(
            RunKey.Partition(runId),
            RunKey.OfLog(version),
            Key.After(RunKey.Log),
            cancellationToken,
            Math.Min(limit + 1, Ranges.MaxPage));
        await foreach (var turn in turns)
        {
            var lines = await records.LogAsync(turn, cancellationToken);
            for (var i = Records.VersionOf(turn) == version ? skip : 0; i < lines.Length; i++)
            {
                if (page.Count == limit)
                {
                    return new Page<LogLine>(page, $"{Records.VersionOf(turn)}.{i}");
                }

                page.Add(lines[i]);
            }
        }

        return new Page<LogLine>(page, null);
    }

    private static (int Version, int Line)? Read(string? cursor) =>
        cursor?.Split('.') is [var version, var line]
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var turn)
        && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (turn, number)
            : null;
}
