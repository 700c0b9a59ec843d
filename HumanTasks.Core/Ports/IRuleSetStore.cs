namespace HumanTasks.Core.Ports;

/// <summary>Stores rule sets. Versions start at 1 and never change.</summary>
public interface IRuleSetStore
{
    /// <summary>Returns the given version or, without one, the newest; null if there is none.</summary>
    Task<StoredRuleSet?> FindRuleSetAsync(
        string environment, string name, int? version, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the newest version if the store knows it without reading, because only this process saves; otherwise
    /// null.
    /// </summary>
    int? KnownNewest(string environment, string name) => null;

    /// <summary>Saves a definition as the next version, unless it equals the newest one byte by byte.</summary>
    Task<StoredRuleSet> SaveRuleSetAsync(
        string environment,
        string name,
        ReadOnlyMemory<byte> definition,
        DateTimeOffset now,
        string? by,
        CancellationToken cancellationToken);

    /// <summary>Returns the newest version of each rule set, by name.</summary>
    Task<Page<StoredRuleSet>> ListRuleSetsAsync(
        string environment, string? cursor, int limit, CancellationToken cancellationToken);
}
