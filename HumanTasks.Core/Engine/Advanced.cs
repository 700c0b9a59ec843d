using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Runs;

namespace HumanTasks.Core.Engine;

/// <summary>The result of a turn.</summary>
/// <param name="Next">What the run wants next.</param>
/// <param name="Wants">The lane in which the run wants a place for an effect; null for none.</param>
public readonly record struct Advanced(Next Next, EffectLane? Wants = null);
