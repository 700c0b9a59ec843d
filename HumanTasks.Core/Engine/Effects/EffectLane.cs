namespace HumanTasks.Core.Engine.Effects;

/// <summary>Where an effect queues: with effects of its kind, to its target, of its tree of runs.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Target">The host that it calls, or the model; for email, whose server is one, the kind's own name.</param>
/// <param name="Tree">The run at which the tree of its run began.</param>
public sealed record EffectLane(EffectKind Kind, string Target, string Tree)
{
    /// <summary>The lane of everything that goes out by the mail server.</summary>
    public static EffectLane Email(string tree) => new(EffectKind.Email, "", tree);

    /// <summary>The lane of turns that start runs of a tree.</summary>
    public static EffectLane Starts(string tree) => new(EffectKind.Start, tree, tree);
}

/// <summary>What an effect does outside of its run.</summary>
public enum EffectKind
{
    Email,
    Http,
    Webhook,
    Channel,
    Model,

    /// <summary>Starts other runs of its tree.</summary>
    Start,
}

/// <summary>How many effects of a lane happen at once in one process.</summary>
/// <param name="OfKind">Of the kind.</param>
/// <param name="OfTarget">Of the kind and to one target.</param>
/// <param name="OfTree">Of the kind and of one tree of runs.</param>
public sealed record EffectLimit(int OfKind, int OfTarget, int OfTree);
