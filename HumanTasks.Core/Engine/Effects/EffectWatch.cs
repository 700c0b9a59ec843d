using System.Collections.Concurrent;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>Tracks which email servers, hosts and channels currently fail, as seen by this process.</summary>
public sealed class EffectWatch(TimeProvider time)
{
    /// <summary>The time after which a target without attempts is no longer reported.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(EffectKind Kind, string Target), Failing> failing = new();
    private readonly ConcurrentDictionary<EffectKind, int> recent = new();

    /// <summary>Records the result of an attempt for its target.</summary>
    /// <param name="kind">The kind of effect.</param>
    /// <param name="target">The target, as in the lane of the effect.</param>
    /// <param name="fails">
    /// Whether the attempt failed temporarily. A permanent refusal shows that the target works.
    /// </param>
    public void Note(EffectKind kind, string target, bool fails)
    {
        if (!fails)
        {
            failing.TryRemove((kind, target), out _);
            return;
        }

        var now = time.GetUtcNow();
        failing.AddOrUpdate((kind, target), new Failing(now, now), (_, known) => known with { Last = now });
        recent.AddOrUpdate(kind, 1, (_, count) => count + 1);
    }

    /// <summary>
    /// Returns the kinds of effects that fail now, with the number of their targets and the start of the failure.
    /// </summary>
    public IReadOnlyList<FailingEffects> Now()
    {
        var forgotten = time.GetUtcNow() - Memory;
        foreach (var (key, known) in failing)
        {
            if (known.Last < forgotten)
            {
                failing.TryRemove(new KeyValuePair<(EffectKind, string), Failing>(key, known));
            }
        }

        return [.. failing
            .GroupBy(known => known.Key.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => new FailingEffects(kind.Key, kind.Count(), kind.Min(known => known.Value.Since)))];
    }

    /// <summary>Returns the failed attempts per kind since the last call.</summary>
    public IReadOnlyDictionary<EffectKind, int> TakeCounts()
    {
        Dictionary<EffectKind, int> counts = [];
        foreach (var kind in recent.Keys)
        {
            if (recent.TryRemove(kind, out var count))
            {
                counts[kind] = count;
            }
        }

        return counts;
    }

    private sealed record Failing(DateTimeOffset Since, DateTimeOffset Last);
}
