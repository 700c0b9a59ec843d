using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Standalone.Storage;

/// <summary>Lists of runs, newest first: keys count up.</summary>
internal static class RunList
{
    private const byte List = (byte)'r';

    /// <summary>Every status in turn, each in the order of its keys: SQLite merges them and stops at the limit.</summary>
    private static readonly string OfAnyStatus = string.Join(
        " UNION ALL ",
        Enum.GetValues<RunStatus>().Select(status => Select("runs_by_status", $"status = {(int)status}")));

    public static Page<Run> Read(Connection connection, RunQuery query)
    {
        using var row = connection
            .Prepare($"{Rows(query)} ORDER BY key DESC LIMIT ?5")
            .Bind(query.Environment)
            .Bind(Cursor.Read(query.Cursor, List)?.Key ?? long.MaxValue)
            .Bind(query.CorrelationId)
            .Bind(query.RuleSet)
            .Bind(query.Limit + 1);

        var runs = new List<Run>(query.Limit);
        var last = 0L;
        while (row.Step())
        {
            if (runs.Count == query.Limit)
            {
                return new Page<Run>(runs, new Cursor(List, 0, last).ToString());
            }

            last = row.Integer(0);
            runs.Add(RunRow.Read(row.Blob(1)));
        }

        return new Page<Run>(runs, null);
    }

    private static string Rows(RunQuery query)
    {
        var status = query.Status is { } only ? $" AND status = {(int)only}" : "";
        return query switch
        {
            { CorrelationId: not null, RuleSet: not null } =>
                Select("runs_by_correlation", $"correlation_id = ?3 AND rule_set = ?4{status}"),
            { CorrelationId: not null } => Select("runs_by_correlation", $"correlation_id = ?3{status}"),
            { RuleSet: not null } => Select("runs_by_rule_set", $"rule_set = ?4{status}"),
            { Status: { } one } => Select("runs_by_status", $"status = {(int)one}"),
            _ => OfAnyStatus,
        };
    }

    private static string Select(string index, string filter) =>
        $"SELECT key, body FROM runs INDEXED BY {index} WHERE environment = ?1 AND key < ?2 AND {filter}";
}
