using System.Collections.Concurrent;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>Knows which mail servers, hosts and channels fail at the moment, as far as this process sees.</summary>
public sealed class EffectWatch(TimeProvider time)
{
    /// <summary>A target that nobody has tried for this long says nothing of itself any more.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(EffectKind Kind, string Target), Failing> failing = new();
    private readonly ConcurrentDictionary<EffectKind, int> recent = new();

    /// <summary>Notes what an attempt says of its target.</summary>
    /// <param name="kind">What was attempted.</param>
    /// <param name="target">Where; as in the lane of the effect.</param>
    /// <param name="fails">Whether the attempt failed in a way that may pass; one that the target refuses for good shows that it works.</param>
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

    /// <summary>The kinds of effects that fail now, with the number of their targets and since when they fail.</summary>
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

    /// <summary>The failed attempts of each kind since this was asked last.</summary>
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

/// <summary>Effects of one kind that fail.</summary>
/// <param name="Kind">What they do.</param>
/// <param name="Targets">To how many hosts or channels.</param>
/// <param name="Since">When the first of them failed that has not been reached again.</param>
public sealed record FailingEffects(EffectKind Kind, int Targets, DateTimeOffset Since);
