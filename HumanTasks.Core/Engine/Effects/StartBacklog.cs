using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// The runs started by this process that have not had a turn yet, by tree. On a host with queued turns, a tree starts
/// no further runs while too many of its own are queued, which keeps the queue short for others.
/// </summary>
internal sealed class StartBacklog(TimeProvider time)
{
    /// <summary>
    /// The number of runs of a tree that may wait for their first turn before it stops starting more.
    /// </summary>
    public const int Most = 32;

    private const int MaxKept = 10_000;

    /// <summary>The time after which another process is assumed to have taken the turn.</summary>
    private static readonly TimeSpan LongestSeen = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time after which a run that waits for a person has passed the queue, although no turn shows it.
    /// </summary>
    private static readonly TimeSpan LongestPassing = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Tree, DateTimeOffset Until)> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> trees = new(StringComparer.Ordinal);
    private DateTimeOffset pruned;

    /// <summary>Records a started run.</summary>
    public void Add(Run run)
    {
        if (run.Root is not { } tree || run.State.IsOver)
        {
            return;
        }

        lock (gate)
        {
            Prune();
            var until = time.GetUtcNow() + (Next.Of(run).WaitsUntil is null ? LongestSeen : LongestPassing);
            if (started.Count < MaxKept && started.TryAdd(run.Id, (tree, until)))
            {
                trees[tree] = trees.GetValueOrDefault(tree) + 1;
            }
        }
    }

    /// <summary>Records that a run got a turn.</summary>
    public void Take(string runId)
    {
        lock (gate)
        {
            Remove(runId);
        }
    }

    /// <summary>Returns whether a tree has too many queued runs to start more now.</summary>
    public bool IsFull(string tree)
    {
        lock (gate)
        {
            Prune();
            return trees.GetValueOrDefault(tree) >= Most;
        }
    }

    private void Prune()
    {
        var now = time.GetUtcNow();
        if (now - pruned < LongestPassing)
        {
            return;
        }

        pruned = now;
        foreach (var runId in started.Where(one => one.Value.Until <= now).Select(one => one.Key).ToArray())
        {
            Remove(runId);
        }
    }

    private void Remove(string runId)
    {
        if (!started.Remove(runId, out var of))
        {
            return;
        }

        if (--trees[of.Tree] == 0)
        {
            trees.Remove(of.Tree);
        }
    }
}
