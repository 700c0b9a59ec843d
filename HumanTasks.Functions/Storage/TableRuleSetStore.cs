using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using StoredRuleSets = HumanTasks.Core.Ports.Page<HumanTasks.Core.Ports.StoredRuleSet>;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The store of saved rule sets: a partition for each environment, with an entity for each version and one for the
/// newest, written together.
/// </summary>
internal sealed class TableRuleSetStore(StorageTables tables, Bodies bodies) : IRuleSetStore
{
    private const string CursorMark = "n~";
    private const string SavedBy = "SavedBy";
    private const string Newest = "newest";
    private const string Versions = "version";
    private const string Name = "Name";
    private const string Version = "Version";
    private const string SavedAt = "SavedAt";
    private const int MaxTries = 100;

    public async Task<StoredRuleSet?> FindRuleSetAsync(
        string environment, string name, int? version, CancellationToken cancellationToken)
    {
        var row = version is { } one ? RowOf(name, one) : RowOf(name);
        return await tables.RuleSets.FindAsync(Key.Of(environment), row, cancellationToken) is { } entity
            ? await ReadAsync(entity, cancellationToken)
            : null;
    }

    public async Task<StoredRuleSet> SaveRuleSetAsync(
        string environment,
        string name,
        ReadOnlyMemory<byte> definition,
        DateTimeOffset now,
        string? by,
        CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await tables.RuleSets.FindAsync(Key.Of(environment), RowOf(name), cancellationToken);
            var newest = before is null ? null : await ReadAsync(before, cancellationToken);
            if (newest is not null && newest.Definition.Span.SequenceEqual(definition.Span))
            {
                return newest;
            }

            var next = new StoredRuleSet(name, (newest?.Version ?? 0) + 1, definition, now, by, IsNew: true);
            if (await WriteAsync(environment, next, before, cancellationToken))
            {
                return next;
            }
        }

        throw new InvalidOperationException($"The rule set '{name}' changed too often to be saved.");
    }

    /// <summary>
    /// Lists rule sets. The cursor is the last name of the previous page, with a mark that no other list uses.
    /// </summary>
    public async Task<StoredRuleSets> ListRuleSetsAsync(
        string environment, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var last = string.IsNullOrEmpty(cursor) ? null
            : cursor.StartsWith(CursorMark, StringComparison.Ordinal) && RuleSetName.IsValid(cursor[CursorMark.Length..])
                ? RowOf(cursor[CursorMark.Length..])
                : throw new InvalidCursorException();
        var rows = tables.RuleSets.RangeAsync(
            Key.Of(environment),
            last ?? Key.Under(Newest),
            Key.After(Newest),
            cancellationToken,
            Math.Min(limit + 2, Ranges.MaxPage));
        var page = new List<StoredRuleSet>();
        await foreach (var row in rows.Where(row => row.RowKey != last).WithCancellation(cancellationToken))
        {
            if (page.Count == limit)
            {
                return new StoredRuleSets(page, CursorMark + page[^1].Name);
            }

            page.Add(await ReadAsync(row, cancellationToken));
        }

        return new StoredRuleSets(page, null);
    }

    private async Task<bool> WriteAsync(
        string environment, StoredRuleSet next, TableEntity? before, CancellationToken cancellationToken)
    {
        var room = new Room();
        var partition = Key.Of(environment);
        var version = await OfAsync(partition, RowOf(next.Name, next.Version), next, room, cancellationToken);
        var newest = await OfAsync(partition, RowOf(next.Name), next, room, cancellationToken);
        try
        {
            await tables.RuleSets.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, version),
                    before is null
                        ? new TableTransactionAction(TableTransactionActionType.Add, newest)
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, newest, before.ETag),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            return false;
        }
    }

    private async Task<TableEntity> OfAsync(
        string partition, string row, StoredRuleSet ruleSet, Room room, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(partition, row)
        {
            [Name] = ruleSet.Name,
            [Version] = ruleSet.Version,
            [SavedAt] = ruleSet.SavedAt.UtcTicks,
            [SavedBy] = ruleSet.SavedBy,
        };
        var content = Convert.ToHexStringLower(SHA256.HashData(ruleSet.Definition.Span));
        await bodies.PutAsync(entity, ruleSet.Definition, content, room, cancellationToken);
        return entity;
    }

    private async Task<StoredRuleSet> ReadAsync(TableEntity entity, CancellationToken cancellationToken) => new(
        entity.GetString(Name),
        entity.GetInt32(Version) ?? 0,
        await bodies.GetAsync(entity, cancellationToken),
        new DateTimeOffset(entity.GetInt64(SavedAt) ?? 0, TimeSpan.Zero),
        entity.GetString(SavedBy));

    /// <summary>
    /// Returns the row key of a name. Names are kept as they are, dots included, so that lists sort by name.
    /// </summary>
    private static string RowOf(string name) => Key.Join(Newest, RuleSetName.IsValid(name) ? name : Key.Of(name));

    private static string RowOf(string name, int version) => Key.Join(Versions, Key.Of(name), Key.Version(version));
}
