using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>Lists of runs, newest first: keys are ascending.</summary>
internal static class RunList
{
    private const byte List = (byte)'r';

    private static readonly RunStatus[] AllStatuses = Enum.GetValues<RunStatus>();

    public static Page<Run> Read(Connection connection, RunQuery query, DamagedRows damaged)
    {
        var after = Cursor.Read(query.Cursor, List)?.Key ?? long.MaxValue;
        try
        {
            return Read(connection, query, after, damaged);
        }
        catch (IOException problem) when (DamagedRows.Is(problem))
        {
            return ReadOneByOne(connection, query, after, damaged);
        }
    }

    /// <summary>Returns the number of runs, counted up to a maximum.</summary>
    public static int Count(Connection connection, RunQuery query, int most)
    {
        var filter = new RunFilter(connection, query);
        using var row = filter.Bind(connection.Prepare($"SELECT count(*) FROM (SELECT 1 FROM ({Rows(query, filter, "key")}) LIMIT ?11)"), long.MaxValue, most);
        return row.Step() ? (int)row.Integer(0) : 0;
    }

    private static Page<Run> Read(Connection connection, RunQuery query, long after, DamagedRows damaged)
    {
        var filter = new RunFilter(connection, query);
        using var row = filter.Bind(
            connection.Prepare($"{Rows(query, filter, $"key, {RunRow.Columns}")} ORDER BY key DESC LIMIT ?11"), after, query.Limit + 1);
        var runs = new List<Run>(query.Limit);
        var (last, seen) = (0L, 0);
        while (row.Step())
        {
            if (seen++ == query.Limit)
            {
                return new Page<Run>(runs, new Cursor(List, 0, last).ToString());
            }

            last = row.Integer(0);
            if (damaged.Read(connection, "runs", last, () => RunRow.Read(connection, row, 1)) is { } run)
            {
                runs.Add(run);
            }
        }

        return new Page<Run>(runs, null);
    }

    /// <summary>
    /// Reads the list from a table with damaged pages, where a statement that reads bodies would fail: the keys come
    /// from an index alone, and each row is read separately.
    /// </summary>
    private static Page<Run> ReadOneByOne(Connection connection, RunQuery query, long after, DamagedRows damaged)
    {
        var runs = new List<Run>(query.Limit);
        var last = 0L;
        foreach (var key in Keys(connection, query, after))
        {
            var found = damaged.Read(connection, "runs", key, () => RunRow.OfKey(connection, key));
            if (found is not { } run || !query.Matches(run))
            {
                continue;
            }

            if (runs.Count == query.Limit)
            {
                return new Page<Run>(runs, new Cursor(List, 0, last).ToString());
            }

            runs.Add(run);
            last = key;
        }

        return new Page<Run>(runs, null);
    }

    private static List<long> Keys(Connection connection, RunQuery query, long after)
    {
        var selects = (query.Status is { } only ? [only] : AllStatuses).Select(status =>
            $"SELECT key FROM runs INDEXED BY runs_by_status WHERE environment = ?1 AND key < ?2 AND status = {(int)status}");
        return connection
            .Prepare($"{string.Join(" UNION ALL ", selects)} ORDER BY key DESC")
            .Bind(connection.Names.Find(query.Environment))
            .Bind(after)
            .Integers();
    }

    /// <summary>Returns parts that are each sorted by key: SQLite merges them and stops at the limit.</summary>
    private static string Rows(RunQuery query, RunFilter filter, string columns)
    {
        var status = query.Status is { } only ? $" AND status = {(int)only}" : "";
        var more = filter.Conditions;
        if (query.Text is { Length: > 0 })
        {
            var of = (query.RuleSet is null ? "" : " AND rule_set = ?5")
                + (query.CorrelationId is null ? "" : " AND (correlation_id = ?3 OR (id = ?4 AND correlation_id IS NULL))");
            return $"SELECT {columns} FROM runs WHERE environment = ?1 AND key < ?2 AND key IN ({RunFilter.Found}){of}{status}{more}";
        }

        if (query.CorrelationId is not null)
        {
            var ruleSet = query.RuleSet is null ? "" : " AND rule_set = ?5";
            return Select("runs_by_correlation", $"correlation_id = ?3{ruleSet}{status}{more}")
                + " UNION ALL "
                + Select("runs_by_id", $"id = ?4 AND correlation_id IS NULL{ruleSet}{status}{more}");
        }

        var (index, by) = query.RuleSet is null ? ("runs_by_status", "") : ("runs_by_rule_set", "rule_set = ?5 AND ");
        return string.Join(
            " UNION ALL ",
            (query.Status is { } one ? [one] : AllStatuses).Select(of => Select(index, $"{by}status = {(int)of}{more}")));

        string Select(string from, string where) =>
            $"SELECT {columns} FROM runs INDEXED BY {from} WHERE environment = ?1 AND key < ?2 AND {where}";
    }
}
