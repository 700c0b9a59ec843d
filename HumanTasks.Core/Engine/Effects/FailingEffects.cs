namespace HumanTasks.Core.Engine.Effects;

/// <summary>Failing effects of one kind.</summary>
/// <param name="Kind">The kind of effect.</param>
/// <param name="Targets">The number of failing hosts or channels.</param>
/// <param name="Since">The time of the first failure among targets that have not recovered.</param>
public sealed record FailingEffects(EffectKind Kind, int Targets, DateTimeOffset Since);
