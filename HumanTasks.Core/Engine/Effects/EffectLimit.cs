namespace HumanTasks.Core.Engine.Effects;

/// <summary>The numbers of effects that may run at the same time in one process.</summary>
/// <param name="OfKind">The limit per kind.</param>
/// <param name="OfTarget">The limit per kind and target.</param>
/// <param name="OfTree">The limit per kind and tree of runs.</param>
public sealed record EffectLimit(int OfKind, int OfTarget, int OfTree);
