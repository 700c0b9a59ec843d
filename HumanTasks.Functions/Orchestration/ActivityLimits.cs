using HumanTasks.Core.Engine.Effects;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// The number of effects that run at once in one worker. An effect occupies its activity while it runs, and so does a
/// turn that starts runs. All kinds together leave a quarter of the activities (<c>maxConcurrentActivityFunctions</c>)
/// to other turns.
/// </summary>
internal static class ActivityLimits
{
    public static EffectLimit Of(EffectKind kind) => kind switch
    {
        EffectKind.Email => new EffectLimit(8, 8, 4),
        EffectKind.Http => new EffectLimit(16, 8, 8),
        EffectKind.Webhook => new EffectLimit(8, 4, 4),
        EffectKind.Channel => new EffectLimit(4, 2, 2),
        EffectKind.Model => new EffectLimit(8, 8, 4),
        EffectKind.Start => new EffectLimit(4, 1, 1), // a tree of runs must not start faster than the task hub accepts it
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
