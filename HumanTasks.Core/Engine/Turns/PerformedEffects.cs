using System.Collections.Concurrent;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// Effects that happened and that no commit has recorded yet: a turn whose commit meets a change by somebody else, or a
/// storage that refuses, is taken again without repeating its effect. Only a crash forgets them.
/// </summary>
internal sealed class PerformedEffects
{
    private readonly ConcurrentDictionary<string, PerformedEffect> byRun = new(StringComparer.Ordinal);

    public PerformedEffect? Find(string runId) => byRun.GetValueOrDefault(runId);

    public void Keep(string runId, PerformedEffect effect) => byRun[runId] = effect;

    public void Forget(string runId) => byRun.TryRemove(runId, out _);
}

/// <summary>An effect that happened.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="TaskId">The task to which it belongs; null for none.</param>
/// <param name="Note">
/// Writes down that it happened in a turn that would not take it any more; gets the task, where it is still there. Null for an
/// attempt that failed.
/// </param>
internal sealed record PerformedEffect(string Key, object Outcome, string? TaskId, Action<TurnDraft, HumanTask?>? Note);
