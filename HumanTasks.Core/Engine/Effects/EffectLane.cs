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

/// <summary>The external effect.</summary>
public enum EffectKind
{
    Email,
    Http,
    Webhook,
    Channel,
    Model,

    /// <summary>Starts other runs of the tree.</summary>
    Start,
}

/// <summary>The numbers of effects that may run at the same time in one process.</summary>
/// <param name="OfKind">The limit per kind.</param>
/// <param name="OfTarget">The limit per kind and target.</param>
/// <param name="OfTree">The limit per kind and tree of runs.</param>
public sealed record EffectLimit(int OfKind, int OfTarget, int OfTree);
