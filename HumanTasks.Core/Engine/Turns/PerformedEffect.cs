namespace HumanTasks.Core.Engine.Turns;

/// <summary>A performed effect with its result.</summary>
internal sealed record PerformedEffect(Effect Effect, EffectResult Result);
