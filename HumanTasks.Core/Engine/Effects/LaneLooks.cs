namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Schedules when runs without a place in a lane try again, on a host where nothing waits for a place. About as many
/// try at a time as places become free, so a flood to one slow server does not fill the queues with vain attempts.
/// </summary>
/// <param name="limits">The limits of each kind.</param>
/// <param name="time">Measures how long places are held.</param>
public sealed class LaneLooks(Func<EffectKind, EffectLimit> limits, TimeProvider time)
{
    private const int MaxTargets = 1000;

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LeastPauseOfStarts = TimeSpan.FromMilliseconds(500); // each attempt may start many runs

    private readonly Lock gate = new();
    private readonly Dictionary<(EffectKind Kind, string Target), Looks> targets = [];

    /// <summary>Records how long a place was held.</summary>
    public void Note(EffectLane lane, TimeSpan held)
    {
        lock (gate)
        {
            var known = Of(lane);
            targets[(lane.Kind, lane.Target)] = known with { Held = ((known.Held * 3) + held) / 4 };
        }
    }

    /// <summary>Returns when a run without a place tries again.</summary>
    public DateTimeOffset Next(EffectLane lane)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var known = Of(lane);
            var pause = known.Held / limits(lane.Kind).OfTarget;
            var least = lane.Kind == EffectKind.Start ? LeastPauseOfStarts : LeastPause;
            var next = known.Last + (pause < least ? least : pause > Soonest ? Soonest : pause);
            next = next < now + Soonest ? now + Soonest : next > now + Latest ? now + Latest : next;
            targets[(lane.Kind, lane.Target)] = known with { Last = next };
            return next;
        }
    }

    private Looks Of(EffectLane lane)
    {
        if (targets.TryGetValue((lane.Kind, lane.Target), out var known))
        {
            return known;
        }

        if (targets.Count >= MaxTargets)
        {
            var now = time.GetUtcNow();
            foreach (var (target, _) in targets.Where(one => one.Value.Last <= now).ToArray())
            {
                targets.Remove(target);
            }
        }

        return new Looks(DateTimeOffset.MinValue, TimeSpan.FromSeconds(1));
    }

    /// <param name="Last">The latest scheduled attempt.</param>
    /// <param name="Held">The approximate time for which a place is held; newer times have more weight.</param>
    private sealed record Looks(DateTimeOffset Last, TimeSpan Held);
}
