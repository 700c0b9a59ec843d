using System.Collections.Concurrent;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Performed effects that no commit has recorded yet. If a commit meets another change or a storage failure, the turn
/// is taken again without repeating its effect. Only a crash loses these records.
/// </summary>
internal sealed class PerformedEffects
{
    private readonly ConcurrentDictionary<string, PerformedEffect> byRun = new(StringComparer.Ordinal);

    public PerformedEffect? Find(string runId) => byRun.GetValueOrDefault(runId);

    public void Keep(string runId, PerformedEffect effect) => byRun[runId] = effect;

    public void Forget(string runId) => byRun.TryRemove(runId, out _);
}
