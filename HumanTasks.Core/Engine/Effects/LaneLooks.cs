namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Says when runs that found no place in a lane look again, on a host where nobody waits for one: about as many at a time as
/// places are going to be free, so that a flood to one slow server does not fill the queues of all others with looks in vain.
/// </summary>
/// <param name="limits">The bounds of each kind.</param>
/// <param name="time">Measures how long places are held.</param>
public sealed class LaneLooks(Func<EffectKind, EffectLimit> limits, TimeProvider time)
{
    private const int MaxTargets = 1000;

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LeastPauseOfStarts = TimeSpan.FromMilliseconds(500); // each look may start many runs

    private readonly Lock gate = new();
    private readonly Dictionary<(EffectKind Kind, string Target), Looks> targets = [];

    /// <summary>Notes how long a place was held.</summary>
    public void Note(EffectLane lane, TimeSpan held)
    {
        lock (gate)
        {
            var known = Of(lane);
            targets[(lane.Kind, lane.Target)] = known with { Held = ((known.Held * 3) + held) / 4 };
        }
    }

    /// <summary>When a run that found no place looks again.</summary>
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

    /// <param name="Last">The latest look that was given out.</param>
    /// <param name="Held">How long a place is held, about; newer times count more.</param>
    private sealed record Looks(DateTimeOffset Last, TimeSpan Held);
}
