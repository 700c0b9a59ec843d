using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// Lists of runs, newest first. A run has a row under its correlation ID, one under its status and one under its rule
/// set and status. A list without a status merges the lists of all statuses.
/// </summary>
internal sealed class RunLists(RunPartition partition, Records records, ListReader reader)
{
    /// <summary>The list of queued runs, oldest first.</summary>
    public const string InQueue = "queue";

    private const char Tag = 'r';

    private static readonly RunStatus[] AllStatuses = Enum.GetValues<RunStatus>();

    /// <summary>Returns the index partition of an environment's runs.</summary>
    /// <param name="environment">The environment as a part of a key.</param>
    public static string Partition(string environment) => Key.Join("runs", environment);

    public static string UnderCorrelation(string correlation) => Key.Join("correlation", correlation);

    public static string UnderStatus(string status) => Key.Join("status", status);

    public static string UnderRuleSet(string ruleSet, string status) => Key.Join("ruleset", ruleSet, status);

    public Task<Page<Run>> ReadAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var byCorrelation = query.CorrelationId is not null;
        return reader.ReadAsync(
            Partition(Key.Of(query.Environment)),
            byCorrelation ? [UnderCorrelation(Key.Of(query.CorrelationId!))] : [.. StatusLists(query)],
            Tag,
            query.Cursor,
            query.Limit,
            versioned: !byCorrelation,
            row => IndexRow.MayMatch(row, query),
            (row, stop) => ReadAsync(query, row, stop),
            cancellationToken);
    }

    /// <summary>
    /// Counts index rows. A row that lags behind its run counts until a reader finds it. A text is not looked for in rows
    /// that an older build wrote: they count for filters without one only.
    /// </summary>
    public async Task<int> CountAsync(RunQuery query, int most, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var list in query.CorrelationId is { } correlation ? [UnderCorrelation(Key.Of(correlation))] : StatusLists(query))
        {
            await foreach (var row in reader.RowsAsync(Partition(Key.Of(query.Environment)), list, cancellationToken))
            {
                var counts = query.CorrelationId is not null
                    ? (await ReadAsync(query, row, cancellationToken)).Run is not null
                    : IndexRow.MayMatch(row, query) && (IndexRow.HasFactsOfRun(row) || query.Text is null);
                if (counts && ++count == most)
                {
                    return count;
                }
            }
        }

        return count;
    }

    private static IEnumerable<string> StatusLists(RunQuery query)
    {
        foreach (var status in query.Status is { } only ? [only] : AllStatuses)
        {
            var name = RunPlace.StatusOf(status);
            yield return query.RuleSet is { } ruleSet ? UnderRuleSet(Key.Of(ruleSet), name) : UnderStatus(name);
        }
    }

    private async Task<(bool IsCurrent, Run? Run)> ReadAsync(
        RunQuery query, TableEntity row, CancellationToken cancellationToken)
    {
        var runId = IndexRow.RunOf(row);
        var address = RowAddress.Of(row);
        if (await partition.RunAsync(runId, cancellationToken) is not { } entity
            || RunPlace.Read(entity, runId).Rows().All(current => current.Address != address))
        {
            return (false, null);
        }

        var run = await records.RunAsync(entity, cancellationToken);
        return (true, query.Matches(run) ? run : null);
    }
}
