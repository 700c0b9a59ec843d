namespace HumanTasks.Core.Ports;

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
