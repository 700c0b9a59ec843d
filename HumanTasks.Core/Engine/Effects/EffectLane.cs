namespace HumanTasks.Core.Engine.Effects;

/// <summary>A queue for effects of one kind, to one target, of one tree of runs.</summary>
/// <param name="Kind">The kind of effect.</param>
/// <param name="Target">The called host or model; for email, which has one server, the name of the kind.</param>
/// <param name="Tree">The run at which the tree of the effect's run began.</param>
public sealed record EffectLane(EffectKind Kind, string Target, string Tree)
{
    /// <summary>The lane of all email.</summary>
    public static EffectLane Email(string tree) => new(EffectKind.Email, "", tree);

    /// <summary>The lane of turns that start runs of a tree.</summary>
    public static EffectLane Starts(string tree) => new(EffectKind.Start, tree, tree);
}
