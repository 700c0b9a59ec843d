using System.Diagnostics;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The result of an effect.</summary>
/// <param name="Failure">The reason for the failure; null on success.</param>
/// <param name="Note">An additional note for the activity; null for none.</param>
internal record EffectResult(ActionOutcome.Failed? Failure, string? Note = null)
{
    /// <summary>The call for the run's record; null if there was none.</summary>
    public CallAttempt? Attempt { get; init; }

    /// <summary>Returns the result of an effect, counted and recorded on its span.</summary>
    public static EffectResult Of(Activity? span, string type, Run run, ActionOutcome.Failed? failure)
    {
        Telemetry.EffectDone(span, type, run, failure);
        return new EffectResult(failure);
    }
}
