using System.Diagnostics;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>What came of an effect that brings nothing back.</summary>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Note">What the history says of it besides; null for nothing.</param>
internal sealed record EffectResult(ActionOutcome.Failed? Failure, string? Note = null)
{
    /// <summary>The result of an effect, counted and noted on its span.</summary>
    public static EffectResult Of(Activity? span, string type, Run run, ActionOutcome.Failed? failure)
    {
        Telemetry.EffectDone(span, type, run, failure);
        return new EffectResult(failure);
    }
}
