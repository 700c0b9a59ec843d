using HumanTasks.Core.Engine.Effects;

namespace HumanTasks.Functions.Orchestration;

/// <summary>
/// How many effects happen at once in one worker. An effect holds its activity as long as it lasts, and so do turns that start
/// runs: all kinds together leave a quarter of the activities (<c>maxConcurrentActivityFunctions</c>) to the turns of other runs.
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
        EffectKind.Start => new EffectLimit(4, 1, 1), // a tree of runs starts no faster than the task hub takes it in
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
