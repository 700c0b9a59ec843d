namespace HumanTasks.Core.Engine.Effects;

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
