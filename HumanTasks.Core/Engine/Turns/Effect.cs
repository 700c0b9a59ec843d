using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Tasks;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>
/// An email, call or post that a turn wants. The turn only describes it. The engine performs it when its lane has a
/// place, keeps the result until a commit has recorded it, and lets the turn continue with it.
/// </summary>
/// <param name="Key">The idempotency key, the same for every attempt.</param>
/// <param name="Lane">The lane in which it needs a place.</param>
/// <param name="Perform">Performs it. A failure is a result, not an exception.</param>
internal sealed record Effect(string Key, EffectLane Lane, Func<CancellationToken, Task<EffectResult>> Perform)
{
    /// <summary>The ID of its task; null for none.</summary>
    public string? TaskId { get; init; }

    /// <summary>
    /// Records the performed effect in a turn that no longer needs it; receives its result, and its task if that still
    /// exists. Null if nothing is to be recorded.
    /// </summary>
    public Action<TurnDraft, HumanTask?, EffectResult>? Note { get; init; }
}
