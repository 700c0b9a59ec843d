using HumanTasks.Core.Ports;

namespace HumanTasks.Standalone.Storage;

/// <summary>The store of saved rule sets.</summary>
internal sealed class SqliteRuleSetStore(Database database) : IRuleSetStore
{
    private const string Columns = "name, version, saved_at, definition, saved_by";

    /// <summary>The number of names kept in memory; others are read each time.</summary>
    private const int MaxKnown = 10_000;

    /// <summary>
    /// The newest versions. Each is durable and never outdated: rule sets are never deleted, and only saves raise it.
    /// </summary>
    private readonly Dictionary<(string Environment, string Name), int> newest = [];
    private readonly Lock gate = new();

    public int? KnownNewest(string environment, string name)
    {
        lock (gate)
        {
            return newest.TryGetValue((environment, name), out var version) ? version : null;
        }
    }

    public async Task<StoredRuleSet?> FindRuleSetAsync(
        string environment, string name, int? version, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(connection => Find(connection, environment, name, version), cancellationToken);
        if (found is not null && version is null)
        {
            Note(environment, found);
        }

        return found;
    }

    public async Task<StoredRuleSet> SaveRuleSetAsync(
        string environment,
        string name,
        ReadOnlyMemory<byte> definition,
        DateTimeOffset now,
        string? by,
        CancellationToken cancellationToken)
    {
        var saved = await database.WriteAsync(
            connection =>
            {
                var last = Find(connection, environment, name, null);
                if (last is not null && last.Definition.Span.SequenceEqual(definition.Span))
                {
                    return last;
                }

                var next = new StoredRuleSet(name, (last?.Version ?? 0) + 1, definition.ToArray(), now.ToUniversalTime(), by);
                connection
                    .Prepare($"INSERT INTO rule_sets (environment, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                    .Bind(environment)
                    .Bind(next.Name)
                    .Bind(next.Version)
                    .Bind(next.SavedAt)
                    .Bind(next.Definition.Span)
                    .Bind(next.SavedBy)
                    .Run();
                return next with { IsNew = true };
            },
            cancellationToken);
        Note(environment, saved);
        return saved;
    }

    private void Note(string environment, StoredRuleSet ruleSet)
    {
        lock (gate)
        {
            var key = (environment, ruleSet.Name);
            if (newest.TryGetValue(key, out var known) ? known < ruleSet.Version : newest.Count < MaxKnown)
            {
                newest[key] = ruleSet.Version;
            }
        }
    }

    /// <summary>Lists rule sets. The cursor is the last name of the previous page.</summary>
    public Task<Page<StoredRuleSet>> ListRuleSetsAsync(
        string environment, string? cursor, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => List(connection, environment, cursor, limit), cancellationToken);

    private static StoredRuleSet? Find(Connection connection, string environment, string name, int? version)
    {
        using var row = connection
            .Prepare(
                $"""
                SELECT {Columns} FROM rule_sets
                WHERE environment = ?1 AND name = ?2 AND version BETWEEN ?3 AND ?4
                ORDER BY version DESC
                LIMIT 1
                """)
            .Bind(environment)
            .Bind(name)
            .Bind(version ?? 1)
            .Bind(version ?? int.MaxValue);
        return row.Step() ? Read(row) : null;
    }

    private static Page<StoredRuleSet> List(Connection connection, string environment, string? cursor, int limit)
    {
        // each name once: a row is listed only if no newer version of its rule set exists
        using var row = connection
            .Prepare(
                $"""
                SELECT {Columns} FROM rule_sets
                WHERE environment = ?1 AND name > ?2 AND NOT EXISTS (
                    SELECT 1 FROM rule_sets newer
                    WHERE newer.environment = rule_sets.environment
                        AND newer.name = rule_sets.name
                        AND newer.version > rule_sets.version)
                ORDER BY name
                LIMIT ?3
                """)
            .Bind(environment)
            .Bind(NameCursor.Read(cursor))
            .Bind(limit + 1);
        var page = new List<StoredRuleSet>(limit);
        while (row.Step())
        {
            if (page.Count == limit)
            {
                return new Page<StoredRuleSet>(page, NameCursor.Write(page[^1].Name));
            }

            page.Add(Read(row));
        }

        return new Page<StoredRuleSet>(page, null);
    }

    private static StoredRuleSet Read(Statement row) =>
        new(row.Text(0), (int)row.Integer(1), row.Blob(3).ToArray(), row.Time(2), row.IsNull(4) ? null : row.Text(4));
}
