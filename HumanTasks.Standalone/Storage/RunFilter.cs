using HumanTasks.Core;
using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>
/// The parameters of a query for runs. Keys ascend in the order of creation, so a time is a key, which is found by
/// bisection.
/// </summary>
internal sealed class RunFilter
{
    /// <summary>The keys of the runs that a text finds.</summary>
    public const string Found = """
        SELECT key FROM runs INDEXED BY runs_by_words WHERE environment = ?1 AND words IS NOT NULL AND instr(words, ?7) > 0
        UNION SELECT key FROM runs INDEXED BY runs_by_id WHERE id BETWEEN ?8 AND ?9
        UNION SELECT key FROM runs INDEXED BY runs_by_correlation
        WHERE correlation_id IS NOT NULL AND correlation_id >= ?10 AND correlation_id < ?10 || char(1114111)
        """;

    private readonly Connection connection;
    private readonly RunQuery query;
    private readonly long first;
    private readonly long end;

    public RunFilter(Connection connection, RunQuery query)
    {
        (this.connection, this.query) = (connection, query);
        first = query.CreatedFrom is { } from ? KeyAt(from) : 0;
        end = query.CreatedBefore is { } before ? KeyAt(before) : long.MaxValue;
    }

    /// <summary>The conditions beside those of an index.</summary>
    public string Conditions => (first > 0 ? " AND key >= ?6" : "") + (query.WithoutInternal && Internal() is { Length: > 0 } names ? $" AND rule_set NOT IN ({names})" : "");

    public Statement Bind(Statement statement, long after, int limit)
    {
        var (low, high) = (query.Text ?? "").ToLowerInvariant() is { Length: > 0 and <= Ids.Length } id
            ? (id.PadRight(Ids.Length, '0'), id.PadRight(Ids.Length, 'z'))
            : (null, null);
        var isId = low is not null && Ids.IsId(low) && Ids.IsId(high);
        return statement
            .Bind(connection.Names.Find(query.Environment))
            .Bind(Math.Min(after, end))
            .Bind(query.CorrelationId)
            .BindId(query.CorrelationId)
            .Bind(query.RuleSet is { } ruleSet ? connection.Names.Find(ruleSet) : null)
            .Bind(first)
            .Bind(NameWords.Of(query.Text ?? "") is { Length: > 0 } words ? words : null)
            .BindId(isId ? low : null)
            .BindId(isId ? high : null)
            .Bind(query.Text)
            .Bind(limit);
    }

    private string Internal() => string.Join(',', RunQuery.InternalRuleSets.Select(connection.Names.Find).OfType<long>());

    /// <summary>Returns the key of the first run that was created at a time or later.</summary>
    private long KeyAt(DateTimeOffset time)
    {
        var (low, high) = (1L, connection.Prepare("SELECT coalesce(max(key), 0) + 1 FROM runs").Integers()[0]);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            using var row = connection
                .Prepare("SELECT key, created_at(body) FROM runs WHERE key >= ?1 AND created_at(body) IS NOT NULL ORDER BY key LIMIT 1")
                .Bind(middle);
            if (row.Step() && row.Integer(1) < time.UtcTicks)
            {
                low = row.Integer(0) + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
