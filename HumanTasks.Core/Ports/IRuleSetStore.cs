namespace HumanTasks.Core.Ports;

/// <summary>Saved rule sets. Versions count from 1 and never change.</summary>
public interface IRuleSetStore
{
    /// <summary>The given version, or the newest; null when there is none.</summary>
    Task<StoredRuleSet?> FindRuleSetAsync(
        string environment, string name, int? version, CancellationToken cancellationToken);

    /// <summary>
    /// The newest version, where the store knows it without reading because nobody but this process saves; null where not.
    /// </summary>
    int? KnownNewest(string environment, string name) => null;

    /// <summary>Saves a definition as the next version, unless it equals the newest one, byte by byte.</summary>
    Task<StoredRuleSet> SaveRuleSetAsync(
        string environment,
        string name,
        ReadOnlyMemory<byte> definition,
        DateTimeOffset now,
        string? by,
        CancellationToken cancellationToken);

    /// <summary>The newest version of each rule set, by name.</summary>
    Task<Page<StoredRuleSet>> ListRuleSetsAsync(
        string environment, string? cursor, int limit, CancellationToken cancellationToken);
}

/// <param name="Name">Unique in its environment.</param>
/// <param name="Version">From 1.</param>
/// <param name="Definition">UTF-8 JSON.</param>
/// <param name="SavedAt">When this version was saved.</param>
/// <param name="SavedBy">Who saved it; null for versions from before that was kept.</param>
/// <param name="IsNew">True in the answer of the save that made this version.</param>
public sealed record StoredRuleSet(
    string Name,
    int Version,
    ReadOnlyMemory<byte> Definition,
    DateTimeOffset SavedAt,
    string? SavedBy = null,
    bool IsNew = false);
