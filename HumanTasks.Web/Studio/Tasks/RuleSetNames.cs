using System.Collections.Concurrent;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>
/// The names of rule sets by which tasks can be filtered, kept for a minute: reading them reads every definition.
/// </summary>
internal sealed class RuleSetNames(IRuleSetStore store, TimeProvider time)
{
    private const int MaxNames = 200;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<string> Names)> known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<string>> OfAsync(string environment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(environment, out var kept) && now - kept.At < KeptFor)
        {
            return kept.Names;
        }

        var page = await store.ListRuleSetsAsync(environment, null, MaxNames, cancellationToken);
        string[] names = [RuleSetName.Task, RuleSetName.Intervention, .. page.Items.Select(item => item.Name)];
        known[environment] = (now, names);
        return names;
    }
}
