using System.Collections.Concurrent;
using HumanTasks.Core.Tasks;

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

/// <summary>A performed effect.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Outcome">The result.</param>
/// <param name="TaskId">The ID of its task; null for none.</param>
/// <param name="Note">
/// Records the effect in a turn that no longer needs it; receives the task if it still exists. Null for a failed
/// attempt.
/// </param>
internal sealed record PerformedEffect(string Key, object Outcome, string? TaskId, Action<TurnDraft, HumanTask?>? Note);
