using System.Collections.Concurrent;
using System.Text.Json;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Compiled rule sets by environment, name and version. Versions never change, so each is compiled once.
/// </summary>
public sealed class RuleSetCatalog(IRuleSetStore store)
{
    private const int MaxCached = 1000;

    private readonly ConcurrentDictionary<(string Environment, string Name, int Version), RuleSet> compiled = new();

    /// <summary>
    /// Returns the given version, or the newest if <paramref name="version"/> is null; null if there is none.
    /// </summary>
    public async ValueTask<RuleSet?> FindAsync(
        string environment, string name, int? version, CancellationToken cancellationToken)
    {
        version ??= store.KnownNewest(environment, name);
        if (version is { } wanted && compiled.TryGetValue((environment, name, wanted), out var known))
        {
            return known;
        }

        if (await store.FindRuleSetAsync(environment, name, version, cancellationToken) is not { } stored)
        {
            return null;
        }

        if (compiled.TryGetValue((environment, name, stored.Version), out known))
        {
            return known;
        }

        var ruleSet = RuleSet.Load(name, stored.Version, Parse(stored.Definition));
        if (compiled.Count >= MaxCached)
        {
            compiled.Clear();
        }

        compiled[(environment, name, stored.Version)] = ruleSet;
        return ruleSet;
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> definition)
    {
        using var document = JsonDocument.Parse(definition);
        return document.RootElement.Clone();
    }
}
