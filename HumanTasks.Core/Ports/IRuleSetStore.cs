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

/// <param name="Name">The name, unique in the environment.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Definition">The definition as UTF-8 JSON.</param>
/// <param name="SavedAt">The time at which the version was saved.</param>
/// <param name="SavedBy">The person or program that saved it; null for older versions.</param>
/// <param name="IsNew">Whether this save created the version.</param>
public sealed record StoredRuleSet(
    string Name,
    int Version,
    ReadOnlyMemory<byte> Definition,
    DateTimeOffset SavedAt,
    string? SavedBy = null,
    bool IsNew = false);
