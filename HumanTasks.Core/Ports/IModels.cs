using Microsoft.Extensions.AI;

namespace HumanTasks.Core.Ports;

/// <summary>
/// The language models of the configuration. A client that is answered throws <see cref="EffectFailedException"/> for
/// whatever the provider does not do.
/// </summary>
public interface IModels
{
    /// <summary>The model of that name, or the first one; null where there is none.</summary>
    IChatClient? Find(string? name);

    /// <summary>Why there is none: names the setting.</summary>
    string WhyNot(string? name);

    /// <summary>The longest that one call may take.</summary>
    TimeSpan CallTimeout { get; }
}
