namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// Limits the concurrent effects of this process, so that one slow server, host or tree of runs does not block others.
/// Effects to one target are served in order; targets take turns.
/// </summary>
/// <param name="limits">The limits of each kind.</param>
public sealed class EffectLanes(Func<EffectKind, EffectLimit> limits)
{
    /// <summary>
    /// The number of effects of one kind that wait in memory. Others are due in the store and return later. The first
    /// effect of a target may always wait, so that a flood to some targets does not exclude others.
    /// </summary>
    public const int MaxWaiting = 2000;

    private readonly Lock gate = new();
    private readonly Dictionary<EffectKind, KindLanes> kinds = [];

    /// <summary>Takes a place immediately; null if there is none.</summary>
    public EffectSlot? TryEnter(EffectLane lane)
    {
        lock (gate)
        {
            return Of(lane.Kind).TryTake(lane) ? new EffectSlot(this, lane) : null;
        }
    }

    /// <summary>Waits for a place.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="patience">The maximum wait.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The place; null after the maximum wait, or if too many effects wait already.</returns>
    public async Task<EffectSlot?> EnterAsync(
        EffectLane lane, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (gate)
        {
            var kind = Of(lane.Kind);
            if (kind.TryTake(lane))
            {
                return new EffectSlot(this, lane);
            }

            if (kind.Waiting >= MaxWaiting && (kind.IsAwaited(lane.Target) || kind.Waiting >= 2 * MaxWaiting))
            {
                return null;
            }

            waiter = new Waiter(lane);
            kind.Enqueue(waiter);
        }

        try
        {
            await waiter.Entered.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException) when (TryGiveUp(waiter))
        {
            return null;
        }
        catch (OperationCanceledException) when (TryGiveUp(waiter))
        {
            throw;
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // the place was granted at the same moment
        }

        return new EffectSlot(this, lane);
    }

    internal void Leave(EffectLane lane)
    {
        lock (gate)
        {
            Of(lane.Kind).Free(lane);
        }
    }

    private bool TryGiveUp(Waiter waiter)
    {
        lock (gate)
        {
            return Of(waiter.Lane.Kind).Remove(waiter);
        }
    }

    private KindLanes Of(EffectKind kind) =>
        kinds.TryGetValue(kind, out var lanes) ? lanes : kinds[kind] = new KindLanes(limits(kind));

    private sealed class Waiter(EffectLane lane)
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EffectLane Lane => lane;

        public Task Entered => entered.Task;

        public void Enter() => entered.SetResult();
    }

    /// <summary>The places of one kind and the effects that wait for them. Guarded by the owner's lock.</summary>
    private sealed class KindLanes(EffectLimit limit)
    {
        private readonly Dictionary<string, int> targets = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> trees = new(StringComparer.Ordinal);
        private readonly LinkedList<(string Target, LinkedList<Waiter> Waiters)> queues = [];
        private int taken;

        public int Waiting { get; private set; }

        public bool IsAwaited(string target) => queues.Any(known => known.Target == target);

        public bool TryTake(EffectLane lane)
        {
            if (taken >= limit.OfKind
                || targets.GetValueOrDefault(lane.Target) >= limit.OfTarget
                || trees.GetValueOrDefault(lane.Tree) >= limit.OfTree)
            {
                return false;
            }

            taken++;
            targets[lane.Target] = targets.GetValueOrDefault(lane.Target) + 1;
            trees[lane.Tree] = trees.GetValueOrDefault(lane.Tree) + 1;
            return true;
        }

        public void Enqueue(Waiter waiter)
        {
            var queue = queues.FirstOrDefault(known => known.Target == waiter.Lane.Target);
            if (queue.Waiters is null)
            {
                queue = (waiter.Lane.Target, []);
                queues.AddLast(queue);
            }

            queue.Waiters.AddLast(waiter);
            Waiting++;
        }

        public bool Remove(Waiter waiter)
        {
            for (var node = queues.First; node is not null; node = node.Next)
            {
                if (node.Value.Target == waiter.Lane.Target && node.Value.Waiters.Remove(waiter))
                {
                    Waiting--;
                    DropIfEmpty(node);
                    return true;
                }
            }

            return false;
        }

        public void Free(EffectLane lane)
        {
            taken--;
            Decrease(targets, lane.Target);
            Decrease(trees, lane.Tree);
            while (TryLetIn())
            {
                // a free place for one target and one tree may admit one of each
            }
        }

        private bool TryLetIn()
        {
            for (var node = queues.First; node is not null && taken < limit.OfKind; node = node.Next)
            {
                if (First(node.Value.Waiters) is { } waiter)
                {
                    node.Value.Waiters.Remove(waiter);
                    Waiting--;
                    queues.Remove(node);
                    if (node.Value.Waiters.Count > 0)
                    {
                        queues.AddLast(node); // the other targets come next
                    }

                    waiter.Value.Enter();
                    return true;
                }
            }

            return false;
        }

        private LinkedListNode<Waiter>? First(LinkedList<Waiter> waiters)
        {
            for (var waiter = waiters.First; waiter is not null; waiter = waiter.Next)
            {
                if (TryTake(waiter.Value.Lane))
                {
                    return waiter;
                }

                if (targets.GetValueOrDefault(waiter.Value.Lane.Target) >= limit.OfTarget)
                {
                    return null;
                }
            }

            return null;
        }

        private void DropIfEmpty(LinkedListNode<(string Target, LinkedList<Waiter> Waiters)> node)
        {
            if (node.Value.Waiters.Count == 0)
            {
                queues.Remove(node);
            }
        }

        private static void Decrease(Dictionary<string, int> counts, string key)
        {
            if (--counts[key] == 0)
            {
                counts.Remove(key);
            }
        }
    }
}
