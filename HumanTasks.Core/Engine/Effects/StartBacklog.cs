using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Effects;

/// <summary>
/// The runs that this process started and that have not had a turn, by tree. On a host whose turns queue behind each other a
/// tree starts no more runs while so many of its own are in the queue: other runs find it short.
/// </summary>
internal sealed class StartBacklog(TimeProvider time)
{
    /// <summary>How many runs of a tree wait for their first turn before it starts more.</summary>
    public const int Most = 32;

    private const int MaxKept = 10_000;

    /// <summary>Another process may have taken its turn by then.</summary>
    private static readonly TimeSpan LongestSeen = TimeSpan.FromSeconds(10);

    /// <summary>A run that waits for a person passes through the queue, and no turn shows it.</summary>
    private static readonly TimeSpan LongestPassing = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Tree, DateTimeOffset Until)> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> trees = new(StringComparer.Ordinal);
    private DateTimeOffset pruned;

    /// <summary>Notes a run that was started.</summary>
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

    /// <summary>Notes that a run has a turn.</summary>
    public void Take(string runId)
    {
        lock (gate)
        {
            Remove(runId);
        }
    }

    /// <summary>Whether a tree has so many runs in the queue that it starts no more now.</summary>
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
